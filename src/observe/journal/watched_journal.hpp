// SPDX-License-Identifier: MIT
// The journal for as long as it can be read: opened, watched, closed when it fails, and opened anew
// when it is asked for again or lies elsewhere.
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
// The files that a manager itself logs to; `directory` as in JournalPlace.
JournalPlace journal_of(bus::Scope scope, std::string directory);
// The files that its units do.
JournalPlace journal_of_units(bus::Scope scope, std::string directory);

class WatchedJournal {
 public:
  struct Listener {
    std::function<void(Journal&)> opened;
    std::function<void(const Unseen&)> closed;  // also if it could not be opened
    std::function<void(Journal::Changes)> changed;
  };

  WatchedJournal(event::Loop& loop, JournalPlace place, Listener listener);

  [[nodiscard]] const JournalPlace& place() const { return place_; }

  // Null while it is closed; then why, unless nobody has opened it.
  [[nodiscard]] Journal* journal() { return journal_ ? &*journal_ : nullptr; }

  [[nodiscard]] const std::optional<Unseen>& why_closed() const { return why_closed_; }

  void open();
  void look_again();
  // Does it, if the journal is open; closes the journal when that fails.
  void use(const std::function<void(Journal&)>& work);

 private:
  void close(const Unseen& why);
  void take_changes();

  event::Loop& loop_;
  JournalPlace place_;
  Listener listener_;
  std::optional<Unseen> why_closed_;
  std::vector<std::string> directories_;  // as they were when it was opened
  std::optional<Journal> journal_;
  event::Source readable_;
  event::Source look_at_latest_;
};
}  // namespace checklist::observe
