// SPDX-License-Identifier: MIT
// What only we can have seen of units: learned from what other observers put, handed to the state
// file and taken back from it.
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

  // Of a former process, which ran in that boot. What held for that boot alone is dropped in
  // another one.
  void restore(const std::string& boot_id, const std::map<std::string, store::KeptRecord>& kept);
  [[nodiscard]] std::map<std::string, store::KeptRecord> kept() const;

  // Of a process that stays: a unit of which no record tells is first seen when it is followed.
  void begin() { begins_ = true; }

  // Grows whenever kept() changes.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

  // What another observer puts. Only these kinds teach anything.
  void saw(const HostKey& key, const Observed<Host>& host);
  void saw(const UnitKey& key, const Observed<Unit>& unit);
  void saw(const PropertyKey& key, const Observed<Value>& value);
  void saw(const HistoryKey& key, const Observed<History>& history);

  template <class Key>
  void saw(const Key& /*key*/, const Observed<typename Key::Fact>& /*fact*/) {}

  void follow(const std::set<RecordKey>& keys) override;

  [[nodiscard]] const std::set<RecordKey>& followed() const { return followed_; }

  void look_again() override {}  // it hears of everything

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
  std::map<std::string, std::set<std::string>> names_;  // by canonical name, the others
  std::map<std::string, bool> is_up_;                   // every unit seen
  std::map<std::string, TimePoint> started_;            // when, by its history
  std::set<std::string> began_;  // of those, while the boot went on: a oneshot's end is told later
  bool is_booting_ = false;
  std::optional<TimePoint> booted_;  // when we saw the boot end
  std::set<RecordKey> followed_;
};
}  // namespace checklist::observe
