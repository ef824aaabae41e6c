// SPDX-License-Identifier: MIT
// Checks access to the journal. sd-journal skips files that it may not open without an error, so a
// journal without read permission looks empty.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/observed.hpp"

#include "observe/journal/journal.hpp"

namespace checklist::observe {
// Returns the existing directories of journal files; none without a machine-id(5), or if that was
// changed since this process was started.
std::vector<std::string> journal_directories(const JournalPlace& place);

// Returns the reason for which so many files are not read; nothing if they are few enough.
std::optional<Unseen> why_too_large(const std::vector<std::string>& directories);

// Returns the reason for which the manager's entries cannot be read; nothing if they can be, even
// if there are none yet.
std::optional<Unseen> why_unreadable(const JournalPlace& place);
}  // namespace checklist::observe
