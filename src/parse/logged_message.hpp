// SPDX-License-Identifier: MIT
// Converts a journal entry to a message with its units, attributed as `journalctl --unit=` does
// (add_matches_for_unit() in systemd's logs-show.c), and its priority.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "checklist/facts/journal.hpp"

#include "parse/history_entry.hpp"

namespace checklist::parse {
namespace message {
// "Failed at step EXEC spawning …": follows the error that made it fail.
inline constexpr std::string_view spawn_failed = "641257651c1b4ec9a8624d7a40a9e1e7";
inline constexpr std::string_view coredump = "fc2e22bc6ee647b6b90729ab34a250b1";
inline constexpr std::string_view suppressed = "a596d6fe7bfa4994828e72309e95d61e";
}  // namespace message

struct LoggedMessage {
  std::set<std::string> units{};                    // canonical names, including the slice
  std::optional<Priority> priority = std::nullopt;  // nothing: the sender set none
  std::string text;
  bool is_failure = false;      // the manager logged that a run or start of the unit failed
  bool is_suppression = false;  // journald logged that it dropped messages of the unit
  bool operator==(const LoggedMessage&) const = default;
};

// `user` is the owner of the units' manager; nothing for PID 1.
LoggedMessage logged_message(const JournalFields& fields, std::optional<std::uint32_t> user);
}  // namespace checklist::parse
