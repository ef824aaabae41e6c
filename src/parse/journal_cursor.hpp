// SPDX-License-Identifier: MIT
// Where an entry stands in the journal, by its cursor (sd_journal_get_cursor(3)). The text is
// opaque by contract; its form has been the same since systemd 189, and one that has another is
// none.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace checklist::parse {
struct JournalCursor {
  std::string sequence;  // whose numbers: a file's and those that continue it
  std::uint64_t number = 0;
  std::string boot;
  std::uint64_t monotonic_usec = 0;
  std::uint64_t wall_usec = 0;
  bool operator==(const JournalCursor&) const = default;
};

std::optional<JournalCursor> journal_cursor(std::string_view text);

// In the order in which sd-journal reads: by number, else by the boot's clock, which nobody can
// set, else by wall time.
bool comes_after(const JournalCursor& a, const JournalCursor& b);
}  // namespace checklist::parse
