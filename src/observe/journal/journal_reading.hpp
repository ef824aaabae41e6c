// SPDX-License-Identifier: MIT
// Reading the journal forward in pieces, without missing an entry that is written meanwhile.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "observe/journal/journal.hpp"

namespace checklist::observe {
// Where to go on: after the entry with that cursor; before there is one at that moment of this
// boot, and then in this boot alone; without either at the journal's head.
struct ReadingPlace {
  std::string cursor{};
  std::optional<TimePoint> from = std::nullopt;
};

struct JournalEntry {
  std::string cursor;
  std::optional<TimePoint> at;  // of this boot; nothing: an earlier one
  parse::JournalFields fields;
};

// A piece of work. Entries that are younger than `horizon` wait for the next one: a file that did
// not exist at that moment may hold older ones.
struct ReadingPiece {
  TimePoint horizon;
  TimePoint until;
  std::string boot_id;  // of this boot
};

// Whether it came to the end, or to an entry that `take` did not want. The place goes along with
// what was taken.
bool read_on(Journal& journal, ReadingPlace& place, std::vector<Journal::Alternatives> only,
             const ReadingPiece& piece, const std::function<bool(const JournalEntry&)>& take);
}  // namespace checklist::observe
