// SPDX-License-Identifier: MIT
// What a service may lack although systemd reports it as active: the processes that it had, one
// that the kernel killed, free descriptors, its new configuration.
#pragma once
#include <optional>
#include <string>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns a finding of the view's service, which must be active; nothing if its present run is
// without such a fault. `sub_expected` is whether the spec demands its SubState=.
std::optional<Finding> run_fault(View& see, const Unit& unit, const std::string& expected,
                                 bool sub_expected);
}  // namespace checklist::checks
