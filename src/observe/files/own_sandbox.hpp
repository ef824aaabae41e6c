// SPDX-License-Identifier: MIT
// What our own unit's sandbox hides from us.
#pragma once
#include <optional>
#include <string>

#include "checklist/observed.hpp"

namespace checklist::observe {
// Why nothing is known of a path at which we find nothing: in our mount namespace it leads
// elsewhere than in PID 1's (PrivateTmp=, ProtectHome=, InaccessiblePaths=, …).
std::optional<Unseen> hidden_from_us(const std::string& path);
}  // namespace checklist::observe
