// SPDX-License-Identifier: MIT
// Observes errors of GPUs in the kernel's messages of this boot. Reads them from the boot on, then
// new ones, in pieces of 2 ms.
//
// Errors are kept in memory: entries that are vacuumed later are not lost.
#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>

#include "checklist/facts/journal.hpp"

#include "event/loop.hpp"
#include "observe/journal/journal_reading.hpp"
#include "observe/journal/this_boot.hpp"
#include "observe/journal/watched_journal.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class GpuErrorObserver : public Observer<GpuErrorsKey> {
 public:
  // `directory` contains journal files to read instead of this machine's (tests); `boot` is then
  // taken for the current boot.
  GpuErrorObserver(event::Loop& loop, Put<GpuErrorsKey> put, std::string directory = {},
                   semantics::Boot boot = this_boot());

  void follow(const std::set<GpuErrorsKey>& keys) override;
  void look_again() override;

 private:
  void begin();
  void read();
  bool take(const JournalEntry& entry);
  void put_errors();

  event::Loop& loop_;
  Put<GpuErrorsKey> put_;
  semantics::Boot boot_;
  WatchedJournal watched_;
  ReadingPlace place_;
  std::map<std::pair<std::string, std::string>, GpuError> latest_;  // by card and kind
  bool followed_ = false;
  bool any_entry_ = false;
  bool is_changed_ = true;
  event::Source work_;
};
}  // namespace checklist::observe
