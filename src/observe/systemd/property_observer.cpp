// SPDX-License-Identifier: MIT
#include "observe/systemd/property_observer.hpp"

#include <algorithm>

#include "semantics/unit/unit_name.hpp"

namespace checklist::observe {
namespace {
std::string path_of(const std::string& unit) {
  return bus::escaped_path(units_path, unit);
}

std::string interface_of(const std::string& unit, const std::string& property) {
  return semantics::is_unit_property(property) ? unit_interface : semantics::type_interface(unit);
}

// Returns why no unit can have the property.
std::optional<Unseen> refusal(const PropertyKey& key) {
  return semantics::name_error(key.unit)
             ? std::optional(Unseen{"unsupported", "'" + key.unit + "' is not a unit name", ""})
             : std::nullopt;
}

using Names = std::map<std::string, std::set<std::string>>;  // of properties, by unit

// Returns the properties that a unit can have. Puts why another cannot be read.
template <class Keys>
Names by_unit(const Keys& keys, const Put<PropertyKey>& put) {
  Names out;
  for (const PropertyKey& key : keys) {
    if (const auto error = refusal(key)) {
      put(key, *error);
    } else {
      out[key.unit].insert(key.name);
    }
  }
  return out;
}

Unseen refused(const std::string& unit, const std::string& property, const bus::Reply& reply) {
  const bool no_such =
      reply.error.ends_with("UnknownProperty") || reply.error.ends_with("UnknownInterface");
  return {no_such ? "unsupported" : "bus",
          no_such ? unit + " has no property " + property
                  : "cannot read " + property + " of " + unit + ": " + reply.message,
          ""};
}
}  // namespace

PropertyObserver::PropertyObserver(Systemd& systemd, Put<PropertyKey> put)
    : systemd_(systemd), put_(std::move(put)) {
  systemd_.attach(*this);
}

void PropertyObserver::follow(const std::set<PropertyKey>& keys) {
  const Names wanted = by_unit(keys, put_);
  std::erase_if(followed_, [&](const auto& entry) {
    const bool is_dropped = !wanted.contains(entry.first);
    if (is_dropped) {
      aliases_.drop(entry.first);
    }
    return is_dropped;
  });
  for (const auto& [unit, properties] : wanted) {
    auto& followed = followed_[unit].properties;
    std::set<std::string> fresh;
    std::ranges::set_difference(properties, followed, std::inserter(fresh, fresh.end()));
    std::erase_if(followed, [&](const auto& each) { return !properties.contains(each); });
    follow_unit(unit, fresh);
  }
  if (systemd_.lost()) {
    gone(*systemd_.lost());
  }
}

bool PropertyObserver::follow_also(const std::vector<PropertyKey>& keys) {
  for (const auto& [unit, properties] : by_unit(keys, put_)) {
    follow_unit(unit, properties);
    for (const auto& property : properties) {
      if (systemd_.lost()) {
        put_({unit, property}, *systemd_.lost());
      }
    }
  }
  return true;
}

void PropertyObserver::follow_unit(const std::string& unit, const std::set<std::string>& fresh) {
  auto& properties = followed_[unit].properties;
  if (properties.empty() && !fresh.empty()) {
    aliases_.point(unit, unit);
    ask_id(unit);
  }
  properties.insert(fresh.begin(), fresh.end());
  ask(unit, fresh);
}

void PropertyObserver::look_again() {
  for (const auto& [unit, followed] : followed_) {
    ask_id(unit);
    ask(unit, followed.properties);
  }
}

void PropertyObserver::unit_turned(const std::string& name) {
  const auto at = followed_.find(name);
  if (at == followed_.end() || !systemd_.up()) {
    return;
  }
  for (const auto& property : at->second.properties) {
    if (semantics::changes_unsignalled(property)) {
      ask_one(name, interface_of(name, property), property);
    }
  }
}

void PropertyObserver::look_at(const PropertyKey& key) {
  const auto at = followed_.find(key.unit);
  if (systemd_.up() && at != followed_.end() && at->second.properties.contains(key.name)) {
    ask_one(key.unit, interface_of(key.unit, key.name), key.name);
  }
}

void PropertyObserver::look_at_unit(const std::string& unit) {
  if (const auto at = followed_.find(unit); at != followed_.end()) {
    ask(unit, at->second.properties);
  }
}

// Reads what signals do not carry, for a new invocation.
void PropertyObserver::ask_unsignalled(const std::string& unit,
                                       const std::set<std::string>& properties) {
  std::set<std::string> rest;
  for (const auto& property : properties) {
    if (!signalled_[interface_of(unit, property)].contains(property)) {
      rest.insert(property);
    }
  }
  ask(unit, rest);
}

void PropertyObserver::gone(const Unseen& why) {
  for (const auto& [unit, followed] : followed_) {
    for (const auto& property : followed.properties) {
      put_({unit, property}, why);
    }
  }
}

// Does not use GetAll for .Unit, because UnitFileState in it costs PID 1 milliseconds per unit.
void PropertyObserver::ask(const std::string& unit, const std::set<std::string>& properties) {
  if (!systemd_.up() || properties.empty()) {
    return;
  }
  std::set<std::string> of_type;
  for (const auto& property : properties) {
    if (semantics::is_unit_property(property)) {
      ask_one(unit, unit_interface, property);
    } else {
      of_type.insert(property);
    }
  }
  ask_type(unit, of_type);
}

void PropertyObserver::ask_id(const std::string& unit) {
  if (!systemd_.up()) {
    return;
  }
  systemd_.get(path_of(unit), unit_interface, "Id", [this, unit](const bus::Reply& reply) {
    const auto* id = reply.body.empty() ? nullptr : reply.body[0].get<std::string>();
    if (id != nullptr && followed_.contains(unit)) {
      aliases_.point(unit, *id);
    }
  });
}

void PropertyObserver::ask_one(const std::string& unit, const std::string& interface,
                               const std::string& property) {
  const auto [asked, is_new] = asked_.try_emplace({unit, property}, false);
  if (!is_new) {
    asked->second = true;
    return;
  }
  systemd_.get(path_of(unit), interface, property,
               [this, unit, interface, property](const bus::Reply& reply) {
                 const auto done = asked_.extract({unit, property});
                 take(unit, property, reply);
                 if (done && done.mapped() && systemd_.up() && is_followed(unit, property)) {
                   ask_one(unit, interface, property);
                 }
               });
}

void PropertyObserver::ask_type(const std::string& unit, const std::set<std::string>& properties) {
  if (properties.empty()) {
    return;
  }
  systemd_.get_all(path_of(unit), semantics::type_interface(unit),
                   [this, unit, properties](const bus::Reply& reply) {
                     const auto* all = reply.body.empty() ? nullptr : reply.body[0].get<Dict>();
                     for (const auto& property : properties) {
                       if (!is_followed(unit, property)) {
                         continue;
                       }
                       const auto at =
                           all != nullptr ? all->find(property) : Dict::const_iterator{};
                       if (all != nullptr && at != all->end()) {
                         put_({unit, property}, at->second);
                       } else if (all != nullptr) {
                         put_({unit, property},
                              Unseen{"unsupported", unit + " has no property " + property, ""});
                       } else {
                         put_({unit, property}, refused(unit, property, reply));
                       }
                     }
                   });
}

bool PropertyObserver::is_followed(const std::string& unit, const std::string& property) const {
  const auto at = followed_.find(unit);
  return at != followed_.end() && at->second.properties.contains(property);
}

void PropertyObserver::take(const std::string& unit, const std::string& property,
                            const bus::Reply& reply) {
  if (!is_followed(unit, property)) {
    return;
  }
  if (reply.error.empty() && !reply.body.empty()) {
    put_({unit, property}, reply.body[0]);
  } else {
    put_({unit, property}, refused(unit, property, reply));
  }
}

void PropertyObserver::unit_changed(const std::string& unit, const std::string& interface,
                                    const Dict& changed, const Values& invalidated) {
  auto& signalled = signalled_[interface];
  for (const auto& [property, value] : changed) {
    signalled.insert(property);
  }
  for (const auto& name : aliases_.of(unit)) {
    auto& followed = followed_.at(name);
    for (const auto& property : followed.properties) {
      if (const auto at = changed.find(property); at != changed.end()) {
        put_({name, property}, at->second);
      } else if (std::ranges::find(invalidated, Value{property}) != invalidated.end()) {
        ask_one(name, interface, property);
      }
    }
    const auto invocation = changed.find("InvocationID");
    if (invocation != changed.end() && invocation->second != followed.invocation) {
      followed.invocation = invocation->second;
      ask_unsignalled(name, followed.properties);
    }
  }
}
}  // namespace checklist::observe
