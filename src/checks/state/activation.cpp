// SPDX-License-Identifier: MIT
#include "checks/state/activation.hpp"

#include <algorithm>
#include <array>

#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
// Returns the first bus name that starts the service on demand; empty if there is none.
Observed<std::string> activating_name(View& see) {
  if (semantics::unit_type(see.unit()) != "service") {
    return std::string();
  }
  auto unseen = see.unseen_among({"BusName", "Names"});
  for (const std::string& name : bus_names(see)) {
    const auto is_there = is_activatable(see, name);
    if (is_there && *is_there) {
      return name;
    }
    unseen = is_there ? unseen : is_there.unseen();
  }
  return unseen ? Observed<std::string>(*unseen) : std::string();
}
}  // namespace

Observed<bool> is_booting(View& see) {
  const auto& state = see[SystemStateKey{}];
  if (!state) {
    return state.unseen();
  }
  return *state == SystemState::initializing || *state == SystemState::starting;
}

std::vector<std::string> bus_names(View& see) {
  constexpr std::string_view prefix = "dbus-";
  constexpr std::string_view suffix = ".service";
  std::vector<std::string> out;
  if (semantics::unit_type(see.unit()) != "service") {
    return out;
  }
  if (const auto own = see.text("BusName"); !own.empty()) {
    out.push_back(own);
  }
  for (std::string name : see.list("Names")) {
    if (name.starts_with(prefix) && name.size() > prefix.size() + suffix.size()) {
      name = name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
      if (std::ranges::find(out, name) == out.end()) {
        out.push_back(name);
      }
    }
  }
  return out;
}

// The directories of service files are those of dbus-daemon(1), "standard_system_servicedirs".
Observed<bool> is_activatable(View& see, const std::string& bus_name) {
  constexpr std::array<std::string_view, 5> shares{"/etc/dbus-1/", "/usr/local/share/dbus-1/",
                                                   "/usr/share/dbus-1/", "/lib/dbus-1/",
                                                   "/run/current-system/sw/share/dbus-1/"};
  const std::string folder = see.spec().user.empty() ? "system-services/" : "services/";
  Observed<bool> out = false;
  for (const std::string_view share : shares) {
    const auto& file = see[FileKey{std::string(share) + folder + bus_name + ".service"}];
    if (file && file->type != "missing") {
      return true;
    }
    if (!file) {
      out = file.unseen();
    }
  }
  return out;
}

Observed<std::string> active_trigger(View& see) {
  auto unseen = see.unseen_among({"TriggeredBy"});
  for (const std::string& name : see.list("TriggeredBy")) {
    const auto& trigger = see[UnitKey{name}];
    if (trigger && trigger->active == ActiveState::active) {
      return name;
    }
    if (!trigger) {
      unseen = trigger.unseen();
    }
  }
  auto name = activating_name(see);
  return unseen && (!name || name->empty()) ? Observed<std::string>(*unseen) : name;
}

std::string stopped_trigger(View& see) {
  const bool is_wanted = !see.list("WantedBy").empty() || !see.list("RequiredBy").empty();
  for (const std::string& name : see.list("TriggeredBy")) {
    const auto& trigger = see[UnitKey{name}];
    const bool is_down = trigger && trigger->load == LoadState::loaded && trigger->job == 0 &&
                         (trigger->active == ActiveState::failed ||
                          (trigger->active == ActiveState::inactive && !is_wanted));
    if (is_down) {
      return name;
    }
  }
  return {};
}
}  // namespace checklist::checks
