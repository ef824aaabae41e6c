// SPDX-License-Identifier: MIT
#include "checks/sockets/ownership.hpp"

#include <algorithm>

#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
// Removes the first component of "a/b/c" from the path and returns it.
std::string_view next_component(std::string_view& path) {
  path.remove_prefix(std::min(path.size(), path.find_first_not_of('/')));
  const auto component = path.substr(0, path.find('/'));
  path.remove_prefix(component.size());
  return component;
}

// Returns the first component that is no slice, and removes it and those before it.
std::string unit_below_slices(std::string_view& path) {
  auto component = next_component(path);
  while (component.ends_with(".slice")) {
    component = next_component(path);
  }
  if (component.starts_with('_')) {
    component.remove_prefix(1);  // systemd escapes names that cgroupfs reserves
  }
  return semantics::unit_type(component).empty() ? std::string() : std::string(component);
}

bool is_socket_unit(std::string_view name) {
  return semantics::unit_type(name) == "socket";
}

bool is_user_manager(const std::string& unit) {
  return unit.starts_with("user@") && unit.ends_with(".service");
}

std::string process_of(std::string_view what, std::uint32_t uid) {
  return "a process " + std::string(what) + " (user " + std::to_string(uid) + ")";
}

// One entry of a socket unit's Listen property: ("Stream", "[::]:22").
std::optional<semantics::Address> listed_address(const Value& entry) {
  const auto* pair = entry.get<Values>();
  const auto* kind = pair != nullptr && pair->size() == 2 ? (*pair)[0].get<std::string>() : nullptr;
  const auto* where = kind != nullptr ? (*pair)[1].get<std::string>() : nullptr;
  if (where == nullptr) {
    return std::nullopt;
  }
  const bool is_unix = where->starts_with('/') || where->starts_with('@');
  const std::string scheme = is_unix ? "unix:" : *kind == "Datagram" ? "udp:" : "tcp:";
  auto address = semantics::parse_address(scheme + *where);
  if (address && address->host == "::") {
    address->host = "*";  // systemd prints both in this way
  }
  return address;
}
}  // namespace

CgroupOwner owner_of(std::string_view cgroup) {
  CgroupOwner owner{.unit = unit_below_slices(cgroup), .uid = {}};
  if (is_user_manager(owner.unit) && !cgroup.empty()) {
    const auto at = owner.unit.find('@') + 1;
    owner.uid = owner.unit.substr(at, owner.unit.rfind('.') - at);
    owner.unit = unit_below_slices(cgroup);
  }
  return owner;
}

std::string describe_owner(const std::string& cgroup, std::uint32_t uid) {
  if (cgroup.empty()) {
    return process_of("whose cgroup is gone", uid);
  }
  const CgroupOwner owner = owner_of(cgroup);
  if (owner.unit.empty()) {
    return process_of("outside any unit", uid);
  }
  if (owner.uid) {
    return owner.unit + " of user " + *owner.uid;
  }
  if (owner.unit == "init.scope") {
    return "systemd itself";
  }
  if (owner.unit.starts_with("session-") && owner.unit.ends_with(".scope")) {
    return process_of("of a login session", uid);  // session numbers change
  }
  return owner.unit;
}

UnitSockets::UnitSockets(View& see)
    : unit_(see.unit()),
      control_group_(see.text("ControlGroup")),
      of_user_manager_(!see.spec().user.empty()) {
  if (const auto& unit = see[UnitKey{see.unit()}]; unit && !unit->id.empty()) {
    unit_ = unit->id;
  }
  if (is_socket_unit(unit_)) {
    sockets_.push_back(unit_);
  }
  for (const std::string& trigger : see.list("TriggeredBy")) {
    if (is_socket_unit(trigger)) {
      sockets_.push_back(trigger);
    }
  }
}

std::string UnitSockets::owning_unit(const std::string& cgroup) const {
  const bool is_below = cgroup == control_group_ || cgroup.starts_with(control_group_ + '/');
  if (control_group_.size() > 1 && is_below) {
    return unit_;
  }
  const CgroupOwner owner = owner_of(cgroup);  // works while the unit is down and has no cgroup
  if (owner.uid.has_value() != of_user_manager_) {
    return {};
  }
  const bool is_ours =
      owner.unit == unit_ || std::ranges::find(sockets_, owner.unit) != sockets_.end();
  return is_ours ? owner.unit : std::string();
}

std::vector<std::string> UnitSockets::sockets_listing(View& see,
                                                      const semantics::Address& address) const {
  std::vector<std::string> out;
  for (const std::string& name : sockets_) {
    const auto& listen = see[PropertyKey{name, "Listen"}];
    const auto* entries = listen ? listen->get<Values>() : nullptr;
    for (const Value& entry : entries != nullptr ? *entries : Values{}) {
      const auto listed = listed_address(entry);
      if (listed && (semantics::covers(*listed, address) || semantics::covers(address, *listed))) {
        out.push_back(name);
        break;
      }
    }
  }
  return out;
}

std::string UnitSockets::stopped_socket(View& see, const semantics::Address& address) const {
  for (const std::string& name : sockets_listing(see, address)) {
    const auto& unit = see[UnitKey{name}];
    if (unit && unit->active != ActiveState::active && unit->job == 0) {
      return name;
    }
  }
  return {};
}

std::optional<Unseen> UnitSockets::unseen(View& see) const {
  if (auto blind = see.unseen_among({"TriggeredBy"})) {
    return blind;
  }
  for (const std::string& name : sockets_) {
    if (const auto& listen = see[PropertyKey{name, "Listen"}]; !listen) {
      return listen.unseen();
    }
    if (const auto& unit = see[UnitKey{name}]; !unit) {
      return unit.unseen();
    }
  }
  return std::nullopt;
}

std::string UnitSockets::active_socket(View& see, const semantics::Address& address) const {
  for (const std::string& name : sockets_listing(see, address)) {
    const auto& unit = see[UnitKey{name}];
    if (unit && unit->active == ActiveState::active) {
      return name;
    }
  }
  return {};
}

bool UnitSockets::is_trigger(View& see, const semantics::Address& address) const {
  const bool may_be_down = is_socket_unit(unit_) || control_group_.empty();
  return may_be_down && !sockets_listing(see, address).empty();
}

Holder holder_of(const Listener& listener, const UnitSockets& units, View& see) {
  if (!listener.cgroup.empty()) {
    const std::string unit = units.owning_unit(listener.cgroup);
    return {.ownership = unit.empty() ? Ownership::foreign : Ownership::ours, .unit = unit};
  }
  if (listener.cgroup_id == 0) {
    return {};
  }
  const auto& record = see[RecordKey{see.unit()}];
  if (record && record->cgroup_ids.contains(listener.cgroup_id)) {
    return {.ownership = Ownership::ours, .unit = units.unit()};
  }
  return {};
}
}  // namespace checklist::checks
