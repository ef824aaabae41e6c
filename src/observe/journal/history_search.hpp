// SPDX-License-Identifier: MIT
// The look back through the journal, of all boots, for one unit's past: newest first by the
// journal's index, and no further than needed. It goes in steps, each of which reads a few entries.
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "observe/journal/journal.hpp"
#include "parse/history.hpp"
#include "semantics/time/boot.hpp"

namespace checklist::observe {
// How to read what a manager says, in which boot.
struct Reading {
  parse::Speaker speaker;
  semantics::Boot boot;
};

// Every entry that can change a unit's history.
std::vector<std::string> matches_of_all(const parse::Speaker& speaker);

// The entry the journal is at, without the exit of a run that ended; moves nothing.
parse::PastEvent event_at(const Journal& journal, const parse::JournalFields& fields,
                          const Reading& reading);

// How the first process that ended badly in that run of a unit did; moves the journal.
std::optional<parse::ProcessExit> first_exit(Journal& journal, const parse::Speaker& speaker,
                                             const std::string& invocation);

class HistorySearch {
 public:
  // Borrows both.
  HistorySearch(Journal& journal, const Reading& reading, std::string unit);

  [[nodiscard]] const std::string& unit() const { return unit_; }

  // One entry further; false once all is found.
  bool step();
  // Before somebody else moves the journal.
  void leave();

  // What happened while the search was under way.
  void add(parse::PastEvent past) { found_.push_back(std::move(past)); }

  // In the order in which they happened, as far as one kind of them is concerned.
  [[nodiscard]] const std::deque<parse::PastEvent>& found() const { return found_; }

 private:
  enum class Stage { starts, runs, restarts, over };

  void enter(Stage stage);
  bool previous();
  void take(parse::PastEvent past, const parse::JournalFields& fields);

  Journal& journal_;
  const Reading& reading_;
  std::string unit_;
  Stage stage_ = Stage::starts;
  std::vector<std::string> wanted_;  // the matches of the stage
  std::string cursor_;               // of its last entry, if we left; empty: none yet
  bool is_here_ = false;             // the journal is where we want it
  bool is_under_way_ = false;        // it is at an entry of the stage
  std::size_t of_stage_ = 0;
  bool stage_is_over_ = false;
  std::deque<parse::PastEvent> found_;
};
}  // namespace checklist::observe
