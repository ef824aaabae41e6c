// SPDX-License-Identifier: MIT
// Converts a service manager's journal entries about its units to events (sd-messages.h,
// systemd.journal-fields(7)). Fields and MESSAGE_IDs are the same in systemd 252 to 262.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace checklist::parse {
// The fields of an entry, in its order: a field may have several values.
using JournalFields = std::multimap<std::string, std::string, std::less<>>;

// Returns the first value; empty if there is none.
const std::string& field(const JournalFields& fields, std::string_view name);

// The MESSAGE_ID= values of the entries that are evaluated.
namespace message {
inline constexpr std::string_view started = "39f53479d3a045ac8e11786248231fbf";
inline constexpr std::string_view failed = "be02cf6855d2428ba40df7e9d022f03d";
inline constexpr std::string_view skipped = "0e4284a0caca4bfc81c0bb6786972673";
inline constexpr std::string_view succeeded = "7ad2d189f7e94e70a38c781354912448";
inline constexpr std::string_view failure_result = "d9b373ed55a64feb8242e02dbe79a49c";
inline constexpr std::string_view restart_scheduled = "5eb03494b6584870a536b337290809b3";
inline constexpr std::string_view process_exit = "98e322203f7a4ed290d09fe03c09fe15";
}  // namespace message

// Which entries are trusted. Any process may log UNIT=…; only fields with a leading underscore are
// added by journald itself.
struct Speaker {
  std::vector<std::string> trusted;  // matches that select exactly its entries
  std::string unit_field;            // contains the name of the unit
  std::string invocation_field;
};

// PID 1, or the manager of that user.
Speaker manager_of(std::optional<std::uint32_t> uid);

struct StartDone {
  bool ran = false;  // "Finished": all commands of a oneshot succeeded
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

// A failed process of the unit; PID 1 logs no others.
struct ProcessExit {
  std::string code;
  std::string status;
  bool operator==(const ProcessExit&) const = default;
};

using UnitEvent =
    std::variant<std::monostate, StartDone, StartRefused, RunEnded, AutoRestart, ProcessExit>;

// Returns monostate for any other entry and for a malformed one.
UnitEvent unit_event(const JournalFields& fields);
}  // namespace checklist::parse
