// SPDX-License-Identifier: MIT
// A journal entry as a message about units: whom it is of, as `journalctl --unit=` attributes it
// (add_matches_for_unit() in systemd's logs-show.c), and how urgent it is.
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
inline constexpr std::string_view coredump = "fc2e22bc6ee647b6b90729ab34a250b1";
inline constexpr std::string_view suppressed = "a596d6fe7bfa4994828e72309e95d61e";
}  // namespace message

struct LoggedMessage {
  std::set<std::string> units{};                    // by their canonical names, with their slice
  std::optional<Priority> priority = std::nullopt;  // none: a sender that gave none
  std::string text;
  bool is_failure = false;      // the manager tells that a run of the unit failed
  bool is_suppression = false;  // journald tells that it dropped messages of the unit
  bool operator==(const LoggedMessage&) const = default;
};

// `user`: whose manager the units are of; none: PID 1.
LoggedMessage logged_message(const JournalFields& fields, std::optional<std::uint32_t> user);
}  // namespace checklist::parse
