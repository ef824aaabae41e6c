// SPDX-License-Identifier: MIT
// Which entries of the journal may be messages that count, by its own index: what is not selected
// costs nothing, however much of it there is.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "observe/journal/journal.hpp"

namespace checklist::observe {
struct MessageReaders {
  std::set<std::string> units;            // of their entries the warnings and worse
  std::set<std::string> at_any_priority;  // of these everything
  std::optional<std::uint32_t> user;      // whose manager they are of; none: PID 1
};

// At least their entries: more than some dozens of units are not named one by one, because each
// name is looked up for each entry.
std::vector<Journal::Alternatives> messages_of(const MessageReaders& readers);
}  // namespace checklist::observe
