// SPDX-License-Identifier: MIT
// One view of the journal: RAII over sd-journal(3). Every step may throw std::system_error, after
// which only destroying is left to do.
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
// Where the journal lies.
struct JournalPlace {
  std::string directory;              // holds the files themselves; empty: this machine's journal
  std::optional<std::uint32_t> user;  // that user's files, too; it must be the caller
  // Every user's files that the caller may read: a system service that runs as a user logs there.
  bool of_everybody = false;
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

  // Readable when something may have changed; then ask for changes(). Some file systems tell
  // nothing: then at that moment at the latest.
  [[nodiscard]] int descriptor() const;
  [[nodiscard]] std::optional<TimePoint> look_at_latest() const;
  enum class Changes { none, appended, files };
  Changes changes();

  // "FIELD=value": alternatives of one field, all fields.
  using Matches = std::vector<std::string>;
  using Alternatives = std::vector<Matches>;
  // From now on only entries that match, or that match each of these in one of its alternatives.
  // Seek afterwards.
  void only(const Matches& matches);
  void only(const std::vector<Alternatives>& all);

  void seek_head();
  void seek_tail();
  void seek(const std::string& cursor);
  // Files that know nothing of that boot are read from their beginning: match it, too.
  void seek(const std::string& boot_id, TimePoint moment);
  // Whether there is such an entry; it is the one that the questions below are about.
  bool next();
  bool previous();

  [[nodiscard]] std::string cursor() const;
  [[nodiscard]] bool is_at(const std::string& cursor) const;
  [[nodiscard]] Stamp stamp() const;
  // All of it, each value cut to what a message of a service manager needs.
  [[nodiscard]] parse::JournalFields fields() const;

 private:
  struct Close {
    void operator()(sd_journal* journal) const;
  };

  std::unique_ptr<sd_journal, Close> journal_;
};
}  // namespace checklist::observe
