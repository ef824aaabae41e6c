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

#include "bus/message.hpp"
#include "event/loop.hpp"
#include "observe/history_search.hpp"
#include "observe/observer.hpp"
#include "observe/this_boot.hpp"

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

  void open();
  void close(const Unseen& why);
  void take_changes();
  void search_all();
  void turn();
  void catch_up(TimePoint until);
  std::vector<Heard> read_on(TimePoint until);
  void hear(Heard heard);
  void search(TimePoint until);
  void finish_search();
  // Runs it; when the journal fails, closes it and tells everybody.
  void guarded(const std::function<void()>& work);

  event::Loop& loop_;
  JournalPlace place_;
  Put<HistoryKey> put_;
  Reading reading_;
  std::map<std::string, History> followed_;
  std::set<std::string> unsearched_;  // of those followed: their past is not all known
  std::optional<Unseen> why_closed_;
  std::vector<std::string> directories_;  // as they were when the journal was opened
  std::string cursor_;                    // of the last entry followed; empty: none yet
  bool behind_ = false;                   // there may be entries after it
  std::optional<Journal> journal_;
  std::optional<HistorySearch> search_;
  event::Source readable_;
  event::Source look_at_latest_;
  event::Source work_;
};
}  // namespace checklist::observe
