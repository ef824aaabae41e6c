// SPDX-License-Identifier: MIT
// Units' pasts, from what their manager wrote into the journal. A unit that is new is looked for
// back through all boots; then new entries are followed. Both go in pieces of some milliseconds.
//
// Knowing is kept: an entry that is vacuumed later stays known as long as this object lives.
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
  // `scope`: whose units, PID 1's or those of the caller's own manager. `directory` holds journal
  // files to read instead of this machine's, `boot` is then the boot to take for this one.
  HistoryObserver(event::Loop& loop, bus::Scope scope, Put<HistoryKey> put,
                  std::string directory = {}, semantics::Boot boot = this_boot());
  HistoryObserver(const HistoryObserver&) = delete;
  HistoryObserver& operator=(const HistoryObserver&) = delete;
  HistoryObserver(HistoryObserver&&) = delete;
  HistoryObserver& operator=(HistoryObserver&&) = delete;
  ~HistoryObserver() override = default;

  void follow(const std::set<HistoryKey>& keys) override;
  // Reads what is new, and opens the journal again if it could not be read or lies elsewhere now.
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
  Reading reading_;
  std::map<std::string, History> followed_;
  std::set<std::string> unsearched_;  // of those followed: their past is not all known
  std::string cursor_;                // of the last entry followed; empty: none yet
  bool behind_ = false;               // there may be entries after it
  std::optional<HistorySearch> search_;
  event::Source work_;
};
}  // namespace checklist::observe
