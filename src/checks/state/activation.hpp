// SPDX-License-Identifier: MIT
// What starts a unit when it is needed: sockets, timers, paths, automounts and bus names.
#pragma once
#include <string>
#include <vector>

#include "checklist/view.hpp"

namespace checklist::checks {
// The bus names for which a view's unit may be started: its BusName=, and those that its aliases of
// the form dbus-NAME.service stand for (org.freedesktop.systemd1(5), daemon(7)).
std::vector<std::string> bus_names(View& see);

// Whether dbus-daemon starts something for that name.
Observed<bool> is_activatable(View& see, const std::string& bus_name);

// What is active and starts a view's unit when it is needed; empty: there is nothing.
Observed<std::string> active_trigger(View& see);
}  // namespace checklist::checks
