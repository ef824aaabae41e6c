// SPDX-License-Identifier: MIT
// D-Bus properties of units, each as somebody asked for it: read once, then kept from the bodies of
// signals. A turn of the unit costs PID 1 no answer but for what has no signal and changes all the
// same (ControlGroup); what a unit file says is read again with a new invocation, because the unit
// may have been loaded anew for it. Everything is after reloads and on the resync.
#pragma once
#include <map>
#include <set>
#include <string>

#include "observe/observer.hpp"
#include "observe/systemd/aliases.hpp"
#include "observe/systemd/systemd.hpp"

namespace checklist::observe {
class PropertyObserver : public Observer<PropertyKey>, public ManagerFollower {
 public:
  PropertyObserver(Systemd& systemd, Put<PropertyKey> put);

  void follow(const std::set<PropertyKey>& keys) override;
  void look_again() override;
  // That unit's state changed: what has no signal may have changed, too.
  void unit_turned(const std::string& name);
  // Reads it again if it is followed, for somebody who knows that it may have changed.
  void look_at(const PropertyKey& key);

  void resync() override { look_again(); }

  void gone(const Unseen& why) override;
  void unit_changed(const std::string& unit, const std::string& interface, const Dict& changed,
                    const Values& invalidated) override;

 private:
  struct Followed {
    std::set<std::string> properties;
    Value invocation;
  };

  void ask_unsignalled(const std::string& unit, const std::set<std::string>& properties);
  void ask(const std::string& unit, const std::set<std::string>& properties);
  void ask_one(const std::string& unit, const std::string& interface, const std::string& property);
  void ask_type(const std::string& unit, const std::set<std::string>& properties);
  void ask_id(const std::string& unit);
  void take(const std::string& unit, const std::string& property, const bus::Reply& reply);

  Systemd& systemd_;
  Put<PropertyKey> put_;
  std::map<std::string, Followed> followed_;  // by the key's unit
  Aliases aliases_;                           // signals come under the canonical name
  // By interface. A body is a full snapshot: what one of them carried, all of them carry.
  std::map<std::string, std::set<std::string, std::less<>>> signalled_;
};
}  // namespace checklist::observe
