// SPDX-License-Identifier: MIT
// Builds the journal matches for messages that may count. They use the journal's index, so entries
// that are not selected cost nothing.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "observe/journal/journal.hpp"

namespace checklist::observe {
struct MessageReaders {
  std::set<std::string> units;            // select warnings and worse
  std::set<std::string> at_any_priority;  // select every priority
  std::optional<std::uint32_t> user;      // owner of their manager; nothing for PID 1
};

// Selects at least the entries of these units. More than 64 units are not matched by name, because
// every name is looked up for every entry.
std::vector<Journal::Alternatives> messages_of(const MessageReaders& readers);
}  // namespace checklist::observe
