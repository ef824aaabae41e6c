// SPDX-License-Identifier: MIT
// The directives that `systemd-analyze security` judges, and those that belong to them.
#pragma once
#include "checks/directives/directive.hpp"

namespace checklist::checks {
std::span<const Directive> hardening_directives();

// Of capabilities(7), by their bits.
std::span<const std::string_view> capability_names();
}  // namespace checklist::checks
