// SPDX-License-Identifier: MIT
// What a service manager writes into the journal about its units (sd-messages.h,
// systemd.journal-fields(7)), as events of a unit's life. Fields and MESSAGE_IDs are the same in
// systemd 252 to 262.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace checklist::parse {
using JournalFields = std::map<std::string, std::string, std::less<>>;

// "MESSAGE_ID=…" of the entries that tell something, as matches for the journal's index.
namespace message {
inline constexpr std::string_view started = "39f53479d3a045ac8e11786248231fbf";
inline constexpr std::string_view failed = "be02cf6855d2428ba40df7e9d022f03d";
inline constexpr std::string_view skipped = "0e4284a0caca4bfc81c0bb6786972673";
inline constexpr std::string_view succeeded = "7ad2d189f7e94e70a38c781354912448";
inline constexpr std::string_view failure_result = "d9b373ed55a64feb8242e02dbe79a49c";
inline constexpr std::string_view restart_scheduled = "5eb03494b6584870a536b337290809b3";
inline constexpr std::string_view process_exit = "98e322203f7a4ed290d09fe03c09fe15";
}  // namespace message

// Whose word counts. Anybody may log UNIT=…; only fields with a leading underscore are the
// journal's own.
struct Speaker {
  std::vector<std::string> trusted;  // matches that all of its entries fulfil, and no others
  std::string unit_field;            // in which it names the unit
  std::string invocation_field;
};

// PID 1, or the manager of that user.
Speaker manager_of(std::optional<std::uint32_t> uid);

struct StartDone {
  bool ran = false;  // "Finished": a oneshot's commands are over, and succeeded
  bool operator==(const StartDone&) const = default;
};

struct StartRefused {
  std::string result;
  std::string what;
  bool operator==(const StartRefused&) const = default;
};

struct RunEnded {
  std::string result;
  bool operator==(const RunEnded&) const = default;
};

struct AutoRestart {
  bool operator==(const AutoRestart&) const = default;
};

// A process of the unit that ended badly; PID 1 tells those alone.
struct ProcessExit {
  std::string code;
  std::string status;
  bool operator==(const ProcessExit&) const = default;
};

using UnitEvent =
    std::variant<std::monostate, StartDone, StartRefused, RunEnded, AutoRestart, ProcessExit>;

// monostate: an entry that tells nothing of these, or one that is not as it should be.
UnitEvent unit_event(const JournalFields& fields);
}  // namespace checklist::parse
