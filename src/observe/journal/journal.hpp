// SPDX-License-Identifier: MIT
// RAII wrapper of sd-journal(3). All functions may throw std::system_error; afterwards the object
// may only be destroyed.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checklist/time.hpp"

#include "parse/history_entry.hpp"

struct sd_journal;

namespace checklist::observe {
// Which journal files to read.
struct JournalPlace {
  std::string directory;              // with the files; empty: this machine's journal
  std::optional<std::uint32_t> user;  // also this user's files; must be the caller
  // All users' files that the caller may read: system services with User= log there.
  bool of_all_users = false;
};

// When journald received an entry.
struct Stamp {
  WallTime wall;
  std::uint64_t monotonic_usec = 0;
  std::string boot_id;  // 32 hex digits
};

class Journal {
 public:
  explicit Journal(const JournalPlace& place);

  // Returns a descriptor that is readable when something may have changed; changes() must be called
  // then. File systems without inotify events must be polled at look_at_latest().
  [[nodiscard]] int descriptor() const;
  [[nodiscard]] std::optional<TimePoint> look_at_latest() const;
  enum class Changes { none, appended, files };
  Changes changes();

  // "FIELD=value". Matches on the same field are alternatives; different fields must all match.
  using Matches = std::vector<std::string>;
  using Alternatives = std::vector<Matches>;
  // Restrict reading to entries that match, or that match one of the alternatives of every element.
  // Must be followed by a seek.
  void only(const Matches& matches);
  void only(const std::vector<Alternatives>& all);

  void seek_head();
  void seek_tail();
  void seek(const std::string& cursor);
  // Files without entries of that boot are read from their beginning: match _BOOT_ID=, too.
  void seek(const std::string& boot_id, TimePoint moment);
  // Move to the next or previous entry. Return whether there is one.
  bool next();
  bool previous();

  [[nodiscard]] std::string cursor() const;
  [[nodiscard]] bool is_at(const std::string& cursor) const;
  [[nodiscard]] Stamp stamp() const;
  // Returns all values of all fields, truncated to 2 KiB.
  [[nodiscard]] parse::JournalFields fields() const;

 private:
  struct Close {
    void operator()(sd_journal* journal) const;
  };

  std::unique_ptr<sd_journal, Close> journal_;
};
}  // namespace checklist::observe
