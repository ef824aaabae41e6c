// SPDX-License-Identifier: MIT
// Whether the journal can be read at all: sd-journal opens what it may and is silent about the
// rest, so that a journal that is forbidden looks like one that is empty.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/observed.hpp"

#include "observe/journal/journal.hpp"

namespace checklist::observe {
// The directories that hold the journal's files and exist; none without a machine-id(5).
std::vector<std::string> journal_directories(const JournalPlace& place);

// Why the entries of the manager in question cannot be seen; nothing if they can, also when there
// are none yet.
std::optional<Unseen> why_unreadable(const JournalPlace& place);
}  // namespace checklist::observe
