// SPDX-License-Identifier: MIT
// Opens and watches the journal, closes it on errors, and reopens it on look_again() and when its
// directories change.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checklist/observed.hpp"

#include "bus/message.hpp"
#include "event/loop.hpp"
#include "observe/journal/journal.hpp"

namespace checklist::observe {
// Returns the files to which a manager logs; `directory` as in JournalPlace.
JournalPlace journal_of(bus::Scope scope, std::string directory);
// Returns the files to which its units log.
JournalPlace journal_of_units(bus::Scope scope, std::string directory);

class WatchedJournal {
 public:
  struct Listener {
    std::function<void(Journal&)> opened;
    std::function<void(const Unseen&)> closed;  // also called if it cannot be opened
    std::function<void(Journal::Changes)> changed;
  };

  WatchedJournal(event::Loop& loop, JournalPlace place, Listener listener);

  [[nodiscard]] const JournalPlace& place() const { return place_; }

  // Null while it is closed; why_closed() is the reason, unless open() has never been called.
  [[nodiscard]] Journal* journal() { return journal_ ? &*journal_ : nullptr; }

  [[nodiscard]] const std::optional<Unseen>& why_closed() const { return why_closed_; }

  void open();
  void look_again();
  // Calls `work` if the journal is open; closes the journal if it throws.
  void use(const std::function<void(Journal&)>& work);

 private:
  void close(const Unseen& why);
  void take_changes();
  void truncated();

  event::Loop& loop_;
  JournalPlace place_;
  Listener listener_;
  std::optional<Unseen> why_closed_;
  std::vector<std::string> directories_;  // at the time of open()
  std::optional<Journal> journal_;
  event::Source readable_;
  event::Source look_at_latest_;
  event::Source reopen_;
  TimePoint last_reopened_;
};
}  // namespace checklist::observe
