// SPDX-License-Identifier: MIT
// Observes which lines of unit files the manager ignored, by what it logged since it last loaded
// its units. A unit that it loads alone, after it had dropped it, is logged about again.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>

#include "event/loop.hpp"
#include "observe/journal/journal_reading.hpp"
#include "observe/journal/this_boot.hpp"
#include "observe/journal/watched_journal.hpp"
#include "observe/observer.hpp"
#include "observe/systemd/systemd.hpp"

namespace checklist::observe {
class IgnoredLineObserver : public Observer<IgnoredLinesKey>, public ManagerFollower {
 public:
  // `directory` and `boot` as of HistoryObserver.
  IgnoredLineObserver(event::Loop& loop, Systemd& systemd, Put<IgnoredLinesKey> put,
                      std::string directory = {}, semantics::Boot boot = this_boot());
  IgnoredLineObserver(const IgnoredLineObserver&) = delete;
  IgnoredLineObserver& operator=(const IgnoredLineObserver&) = delete;
  IgnoredLineObserver(IgnoredLineObserver&&) = delete;
  IgnoredLineObserver& operator=(IgnoredLineObserver&&) = delete;
  ~IgnoredLineObserver() override = default;

  void follow(const std::set<IgnoredLinesKey>& keys) override;
  void look_again() override;

  void resync() override;

  void gone(const Unseen& /*why*/) override {}  // what it logged stays true

  void unit_loaded_or_unloaded(const std::string& unit) override;

 private:
  using Lines = std::map<IgnoredLine, TimePoint>;  // with the time at which it was last logged

  void ask_manager();
  void take_load(TimePoint loaded_at);
  void turn();
  void take(const JournalEntry& entry, WallTime received);
  void drop_former_loads();
  void put_all();
  [[nodiscard]] IgnoredLinesKey::Fact lines_of(const std::string& id) const;

  event::Loop& loop_;
  Systemd& systemd_;
  Put<IgnoredLinesKey> put_;
  semantics::Boot boot_;
  std::set<IgnoredLinesKey> followed_;
  std::map<std::string, Lines> lines_;  // by unit
  std::size_t kept_ = 0;                // lines of all units
  std::map<std::string, TimePoint> loaded_alone_;
  std::uint64_t reloaded_at_ = 0;       // UnitsLoadTimestamp, in µs
  bool logs_warnings_ = true;           // the manager does
  std::optional<TimePoint> loaded_at_;  // when it began to load its units
  TimePoint complete_at_;               // when what it logged meanwhile has arrived
  ReadingPlace place_;
  bool behind_ = false;
  WatchedJournal watched_;
  event::Source work_;
  event::Source later_;
};
}  // namespace checklist::observe
