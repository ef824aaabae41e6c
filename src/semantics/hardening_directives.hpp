// SPDX-License-Identifier: MIT
// The directives that `systemd-analyze security` judges, and those that belong to them.
#pragma once
#include "semantics/directive.hpp"

namespace checklist::semantics {
std::span<const Directive> hardening_directives();

// Of capabilities(7), by their bits.
std::span<const std::string_view> capability_names();
}  // namespace checklist::semantics
