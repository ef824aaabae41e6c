// SPDX-License-Identifier: MIT
// Parses journal cursors (sd_journal_get_cursor(3)). Officially they are opaque; the format has
// been the same since systemd 189, and any other is rejected.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace checklist::parse {
struct JournalCursor {
  std::string sequence;  // identifies the numbering: a file and its continuations
  std::uint64_t number = 0;
  std::string boot;
  std::uint64_t monotonic_usec = 0;
  std::uint64_t wall_usec = 0;
  bool operator==(const JournalCursor&) const = default;
};

std::optional<JournalCursor> journal_cursor(std::string_view text);

// Orders entries as sd-journal does: by sequence number, else by CLOCK_MONOTONIC of the same boot,
// else by wall-clock time.
bool comes_after(const JournalCursor& a, const JournalCursor& b);
}  // namespace checklist::parse
