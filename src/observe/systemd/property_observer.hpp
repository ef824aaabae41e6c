// SPDX-License-Identifier: MIT
// D-Bus properties of units: each followed property is read once and then updated from
// PropertiesChanged. After a state change only ControlGroup is read again, which changes without a
// signal. Properties that no signal has carried are read again with a new invocation, because the
// unit may have been loaded for it. All properties are read again after a reload and on the resync.
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
  bool follow_also(const std::vector<PropertyKey>& keys) override;
  void look_again() override;
  // Must be called when the unit's state changes: reads properties that change without a signal.
  void unit_turned(const std::string& name);
  // Reads the property again if it is followed. For callers that know it may have changed.
  void look_at(const PropertyKey& key);
  // As above, for all properties of the unit.
  void look_at_unit(const std::string& unit);

  void resync() override { look_again(); }

  void gone(const Unseen& why) override;

  void calls_dropped() override { asked_.clear(); }

  void unit_changed(const std::string& unit, const std::string& interface, const Dict& changed,
                    const Values& invalidated) override;

 private:
  struct Followed {
    std::set<std::string> properties;
    Value invocation;
  };

  void follow_unit(const std::string& unit, const std::set<std::string>& fresh);
  void ask_unsignalled(const std::string& unit, const std::set<std::string>& properties);
  void ask(const std::string& unit, const std::set<std::string>& properties);
  void ask_one(const std::string& unit, const std::string& interface, const std::string& property);
  void ask_type(const std::string& unit, const std::set<std::string>& properties);
  void ask_id(const std::string& unit);
  [[nodiscard]] bool is_followed(const std::string& unit, const std::string& property) const;
  void take(const std::string& unit, const std::string& property, const bus::Reply& reply);

  Systemd& systemd_;
  Put<PropertyKey> put_;
  std::map<std::string, Followed> followed_;  // by the key's unit
  // Single properties of which a query is in flight, and whether to repeat it.
  std::map<PropertyKey, bool> asked_;
  Aliases aliases_;  // signals carry the canonical name
  // By interface. Each signal carries all properties of its interface that are signalled at all.
  std::map<std::string, std::set<std::string, std::less<>>> signalled_;
};
}  // namespace checklist::observe
