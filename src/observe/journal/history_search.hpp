// SPDX-License-Identifier: MIT
// Searches the journal of all boots backwards for the history of one unit, using the journal's
// index and no further than necessary. Runs in steps that read a few entries each.
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "observe/journal/journal.hpp"
#include "parse/history.hpp"
#include "semantics/time/boot.hpp"

namespace checklist::observe {
// Whose entries to read, and the current boot.
struct HistorySource {
  parse::Speaker speaker;
  semantics::Boot boot;
};

// Returns matches for all entries that can change a history.
std::vector<std::string> matches_of_all(const parse::Speaker& speaker);

// Returns the current entry as an event, without the exit of a failed run. Does not move the
// journal.
parse::PastEvent event_at(const Journal& journal, const parse::JournalFields& fields,
                          const HistorySource& source);

// Returns the exit of the first failed process of an invocation. Moves the journal.
std::optional<parse::ProcessExit> first_exit(Journal& journal, const parse::Speaker& speaker,
                                             const std::string& invocation);

class HistorySearch {
 public:
  // Borrows the journal and the source.
  HistorySearch(Journal& journal, const HistorySource& source, std::string unit);

  [[nodiscard]] const std::string& unit() const { return unit_; }

  // Reads one more entry. Returns false when the search is complete.
  bool step();
  // Must be called before other code moves the journal.
  void leave();

  // Adds an event that arrived during the search.
  void add(parse::PastEvent past) { found_.push_back(std::move(past)); }

  // Returns the events; those of one kind are in chronological order.
  [[nodiscard]] const std::deque<parse::PastEvent>& found() const { return found_; }

 private:
  enum class Stage { starts, runs, restarts, over };

  void enter(Stage stage);
  bool previous();
  void take(parse::PastEvent past, const parse::JournalFields& fields);

  Journal& journal_;
  const HistorySource& source_;
  std::string unit_;
  Stage stage_ = Stage::starts;
  std::vector<std::string> wanted_;  // the matches of the stage
  std::string cursor_;               // of the last entry read before leave(); empty: none
  bool is_here_ = false;             // the journal is positioned for this search
  bool is_under_way_ = false;        // it is at an entry of the stage
  std::size_t of_stage_ = 0;
  bool stage_is_over_ = false;
  std::deque<parse::PastEvent> found_;
};
}  // namespace checklist::observe
