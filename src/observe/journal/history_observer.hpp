// SPDX-License-Identifier: MIT
// Observes the history of units in their manager's journal entries. For a new unit the journal of
// all boots is searched backwards; then new entries are followed. Both run in pieces of 2 ms.
//
// Histories are kept in memory: entries that are vacuumed later are not lost.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "event/loop.hpp"
#include "observe/journal/history_search.hpp"
#include "observe/journal/this_boot.hpp"
#include "observe/journal/watched_journal.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class HistoryObserver : public Observer<HistoryKey> {
 public:
  // `scope` selects the units of PID 1 or of the caller's user manager. `directory` contains
  // journal files to read instead of this machine's (tests); `boot` is then taken for the current
  // boot.
  HistoryObserver(event::Loop& loop, bus::Scope scope, Put<HistoryKey> put,
                  std::string directory = {}, semantics::Boot boot = this_boot());
  HistoryObserver(const HistoryObserver&) = delete;
  HistoryObserver& operator=(const HistoryObserver&) = delete;
  HistoryObserver(HistoryObserver&&) = delete;
  HistoryObserver& operator=(HistoryObserver&&) = delete;
  ~HistoryObserver() override = default;

  void follow(const std::set<HistoryKey>& keys) override;
  // Reads new entries; reopens the journal if it could not be read or its directories changed.
  void look_again() override;

 private:
  struct Heard {
    std::string unit;
    std::string invocation;
    parse::PastEvent past;
  };

  void begin(Journal& journal);
  void end(const Unseen& why);
  void hear_of(Journal::Changes changes);
  void search_all();
  void turn();
  void catch_up(Journal& journal, TimePoint until);
  std::vector<Heard> read_on(Journal& journal, TimePoint until);
  void hear(Journal& journal, Heard heard);
  void search(Journal& journal, TimePoint until);
  void finish_search();

  event::Loop& loop_;
  Put<HistoryKey> put_;
  WatchedJournal watched_;
  HistorySource source_;
  std::map<std::string, History> followed_;
  std::set<std::string> unsearched_;  // followed units whose search is not complete
  std::string cursor_;                // of the last entry read; empty: none yet
  bool behind_ = false;               // there may be entries after it
  std::optional<HistorySearch> search_;
  event::Source work_;
};
}  // namespace checklist::observe
