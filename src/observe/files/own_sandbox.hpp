// SPDX-License-Identifier: MIT
// Detects paths that the sandbox of checklistd.service hides.
#pragma once
#include <optional>
#include <string>

#include "checklist/observed.hpp"

namespace checklist::observe {
// Returns a reason if the path resolves to another file in our mount namespace than in PID 1's
// (PrivateTmp=, ProtectHome=, InaccessiblePaths=, …): then its absence here means nothing.
std::optional<Unseen> hidden_from_us(const std::string& path);
}  // namespace checklist::observe
