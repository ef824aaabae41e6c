// SPDX-License-Identifier: MIT
#include "observe/journal/journal_reading.hpp"

#include "parse/journal_cursor.hpp"

namespace checklist::observe {
namespace {
// Moves to the first entry to read; returns whether there is one. If the entry of the cursor was
// removed or is not selected, the entry found is already after it.
bool find_first(Journal& journal, const ReadingPlace& place, const std::string& boot_id) {
  if (!place.cursor.empty()) {
    journal.seek(place.cursor);
  } else if (place.from) {
    journal.seek(boot_id, *place.from);
  } else {
    journal.seek_head();
  }
  const auto last = parse::journal_cursor(place.cursor);
  bool is_there = journal.next();
  while (is_there && last) {
    const auto here = parse::journal_cursor(journal.cursor());
    if (!here || parse::comes_after(*here, *last)) {
      break;
    }
    is_there = journal.next();
  }
  return is_there;
}
}  // namespace

bool read_on(Journal& journal, ReadingPlace& place, std::vector<Journal::Alternatives> only,
             const ReadingPiece& piece, const std::function<bool(const JournalEntry&)>& take) {
  if (place.from) {
    only.push_back({{"_BOOT_ID=" + piece.boot_id}});
  }
  journal.only(only);
  for (bool is_there = find_first(journal, place, piece.boot_id); is_there;
       is_there = journal.next()) {
    const Stamp stamp = journal.stamp();
    JournalEntry entry{.cursor = journal.cursor(), .at = {}, .fields = {}};
    if (stamp.boot_id == piece.boot_id) {
      entry.at = monotonic(stamp.monotonic_usec);
      if (*entry.at > piece.horizon) {
        return false;
      }
    }
    entry.fields = journal.fields();
    if (!take(entry)) {
      return true;
    }
    place.cursor = std::move(entry.cursor);
    if (std::chrono::steady_clock::now() >= piece.until) {
      return false;
    }
  }
  return true;
}
}  // namespace checklist::observe
