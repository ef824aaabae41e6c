// SPDX-License-Identifier: MIT
// D-Bus properties of units, each as somebody asked for it: read once, then kept from the bodies of
// signals. What has no signal (ControlGroup, NeedDaemonReload) is read again when the unit turned,
// after reloads and on the resync.
#pragma once
#include <map>
#include <set>
#include <string>

#include "observe/observer.hpp"
#include "observe/systemd.hpp"

namespace checklist::observe {
class PropertyObserver : public Observer<PropertyKey>, public ManagerFollower {
 public:
  PropertyObserver(Systemd& systemd, Put<PropertyKey> put);

  void follow(const std::set<PropertyKey>& keys) override;
  void look_again() override;
  // That unit's state changed: what has no signal may have changed, too.
  void unit_turned(const std::string& name);

  void resync() override { look_again(); }

  void gone(const Unseen& why) override;
  void unit_changed(const std::string& unit, const std::string& interface, const Dict& changed,
                    const Values& invalidated) override;

 private:
  struct Followed {
    std::string id;  // the canonical name, under which signals come; empty until answered
    std::set<std::string> properties;
  };

  void ask(const std::string& unit, const std::set<std::string>& properties);
  void ask_one(const std::string& unit, const std::string& interface, const std::string& property);
  void ask_type(const std::string& unit, const std::set<std::string>& properties);
  void ask_id(const std::string& unit);
  void take(const std::string& unit, const std::string& property, const bus::Reply& reply);

  Systemd& systemd_;
  Put<PropertyKey> put_;
  std::map<std::string, Followed> followed_;  // by the key's unit
};
}  // namespace checklist::observe
