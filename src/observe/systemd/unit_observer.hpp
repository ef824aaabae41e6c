// SPDX-License-Identifier: MIT
// Load, active and sub state of units: listed once by ListUnitsByNames(), then kept from the bodies
// of signals. It is listed again only when a body does not tell: the type of a new job, or that a
// unit was loaded or unloaded.
//
// Asking about an unloaded unit loads and unloads it, which is signalled; a watcher that answers
// that by asking never ends (systemd issue 4095). So a unit whose coming and going brought nothing
// new is not asked about for that reason again until something else changes it.
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
  // `turned` hears of every unit whose ActiveState or SubState changed, by its key's name.
  UnitObserver(
      Systemd& systemd, Put<UnitKey> put,
      std::function<void(const std::string&)> turned = [](const std::string&) {});

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
    bool ignore_load_signals = false;  // its coming and going brought nothing new
    bool listed_after_load = false;
  };

  void list(const std::vector<std::string>& names);
  void list_batch(const std::vector<std::string>& names);
  void take(const std::vector<std::string>& names, const bus::Reply& reply);
  void take_row(const std::string& name, const Values& row);
  void keep(const std::string& name, Followed& followed, Unit unit);

  Systemd& systemd_;
  Put<UnitKey> put_;
  std::function<void(const std::string&)> turned_;
  std::map<std::string, Followed> units_;  // by the key's name
  Aliases aliases_;
  std::set<std::string> asked_;  // listings under way
};
}  // namespace checklist::observe
