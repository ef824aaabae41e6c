// SPDX-License-Identifier: MIT
// Reads the journal forward in pieces, without missing entries that are written meanwhile.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "observe/journal/journal.hpp"

namespace checklist::observe {
// Where to continue: after the entry with `cursor`; if it is empty, at `from`, in this boot only;
// if neither is set, at the head of the journal.
struct ReadingPlace {
  std::string cursor{};
  std::optional<TimePoint> from = std::nullopt;
};

struct JournalEntry {
  std::string cursor;
  std::optional<TimePoint> at;  // nothing if it is of an earlier boot
  parse::JournalFields fields;
};

// One piece of work. Entries newer than `horizon` are left for the next piece: a file that is
// created after that moment may contain older entries.
struct ReadingPiece {
  TimePoint horizon;
  TimePoint until;
  std::string boot_id;  // of this boot
};

// Calls `take` for entries until it returns false. Returns whether it did so or the end was
// reached. Updates `place` after every entry taken.
bool read_on(Journal& journal, ReadingPlace& place, std::vector<Journal::Alternatives> only,
             const ReadingPiece& piece, const std::function<bool(const JournalEntry&)>& take);
}  // namespace checklist::observe
