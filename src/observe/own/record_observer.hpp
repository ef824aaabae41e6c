// SPDX-License-Identifier: MIT
// Keeps records of units that no other source has: learned from the facts of other observers, saved
// to the state file and restored from it.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>

#include "event/loop.hpp"
#include "observe/journal/this_boot.hpp"
#include "observe/observer.hpp"
#include "store/state_file.hpp"

namespace checklist::observe {
class RecordObserver : public Observer<RecordKey> {
 public:
  RecordObserver(event::Loop& loop, Put<RecordKey> put, semantics::Boot boot = this_boot())
      : loop_(loop), put_(std::move(put)), boot_(std::move(boot)) {}

  // Restores the records of the previous process, which ran in boot `boot_id`. Values that are
  // valid only within one boot are dropped after a reboot.
  void restore(const std::string& boot_id, const std::map<std::string, store::KeptRecord>& kept);
  [[nodiscard]] std::map<std::string, store::KeptRecord> kept() const;

  // Starts record keeping (daemon only): units without a record are first seen when they are
  // followed.
  void begin() { begins_ = true; }

  // Increases whenever kept() changes.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

  // Learns from the facts of other observers. Other kinds of facts are ignored.
  void saw(const SystemStateKey& key, const Observed<SystemState>& state);
  void saw(const UnitKey& key, const Observed<Unit>& unit);
  void saw(const PropertyKey& key, const Observed<Value>& value);
  void saw(const HistoryKey& key, const Observed<History>& history);

  template <class Key>
  void saw(const Key& /*key*/, const Observed<typename Key::Fact>& /*fact*/) {}

  void follow(const std::set<RecordKey>& keys) override;

  [[nodiscard]] const std::set<RecordKey>& followed() const { return followed_; }

  void look_again() override {}  // receives every fact

 private:
  void saw_cgroup(const std::string& unit, const Value& value);
  void saw_trigger(const std::string& unit, const Value& value);
  void boot_is_over();
  void has_started(const std::string& unit);
  [[nodiscard]] bool is_within_boot(TimePoint started) const;
  void keep(const std::string& unit, const Record& record);

  event::Loop& loop_;
  Put<RecordKey> put_;
  semantics::Boot boot_;
  std::map<std::string, Record> records_;
  bool begins_ = false;
  std::uint64_t changes_ = 0;
  std::map<std::string, std::set<std::string>> names_;  // aliases, by canonical name
  std::map<std::string, bool> is_up_;                   // by unit
  std::map<std::string, TimePoint> started_;            // by unit, from its history
  std::set<std::string> began_;  // during the boot; the end of a oneshot is logged later
  bool is_booting_ = false;
  std::optional<TimePoint> booted_;  // when the end of the boot was observed
  std::set<RecordKey> followed_;
};
}  // namespace checklist::observe
