// SPDX-License-Identifier: MIT
// What starts units: the boot, and on demand sockets, timers, paths, automounts and bus names.
#pragma once
#include <string>
#include <vector>

#include "checklist/view.hpp"

namespace checklist::checks {
// Returns whether the manager is still booting (SystemState=initializing or starting).
Observed<bool> is_booting(View& see);

// Returns the bus names for which a view's unit may be started: its BusName=, and NAME of each
// alias dbus-NAME.service (org.freedesktop.systemd1(5), daemon(7)).
std::vector<std::string> bus_names(View& see);

// Returns whether dbus-daemon has a service file for that name.
Observed<bool> is_activatable(View& see, const std::string& bus_name);

// Returns the active unit, or the bus name, that starts a view's unit on demand; empty if there is
// none.
Observed<std::string> active_trigger(View& see);

// Returns a unit that would start the view's unit on demand and has failed, or is inactive while
// nothing but such units starts it; empty if there is none.
std::string stopped_trigger(View& see);
}  // namespace checklist::checks
