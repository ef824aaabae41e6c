// SPDX-License-Identifier: MIT
// Load, active and sub state of units: read once by ListUnitsByNames() and then updated from
// PropertiesChanged. A unit is listed again only if the signal lacks the information: the type of a
// new job, and the new state after the unit was loaded or unloaded.
//
// Listing an unloaded unit loads and unloads it, which emits UnitNew and UnitRemoved; a client that
// lists it again in response never stops (systemd issue 4095). Therefore these signals are ignored
// for a unit whose latest load changed nothing, until another event changes it.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "observe/observer.hpp"
#include "observe/systemd/aliases.hpp"
#include "observe/systemd/systemd.hpp"

namespace checklist::observe {
class UnitObserver : public Observer<UnitKey>, public ManagerFollower {
 public:
  // `changed` is called with the key's name when ActiveState or SubState of a unit changes.
  UnitObserver(
      Systemd& systemd, Put<UnitKey> put,
      std::function<void(const std::string&)> changed = [](const std::string&) {});

  void follow(const std::set<UnitKey>& keys) override;
  void look_again() override;

  void resync() override;
  void gone(const Unseen& why) override;

  void calls_dropped() override { asked_.clear(); }

  void unit_changed(const std::string& unit, const std::string& interface, const Dict& changed,
                    const Values& invalidated) override;
  void unit_loaded_or_unloaded(const std::string& unit) override;

 private:
  struct Followed {
    Unit unit;
    bool is_known = false;             // listed at least once
    bool ignore_load_signals = false;  // its latest load changed nothing
    bool listed_after_load = false;
  };

  void list(const std::vector<std::string>& names);
  void list_batch(const std::vector<std::string>& names);
  void take(const std::vector<std::string>& names, const bus::Reply& reply);
  void take_row(const std::string& name, const Values& row);
  void keep(const std::string& name, Followed& followed, Unit unit);

  Systemd& systemd_;
  Put<UnitKey> put_;
  std::function<void(const std::string&)> changed_;
  std::map<std::string, Followed> units_;  // by the key's name
  Aliases aliases_;
  std::set<std::string> asked_;  // listings in flight
};
}  // namespace checklist::observe
