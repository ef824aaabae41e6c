// SPDX-License-Identifier: MIT
// Captures as JSON, for the process that captures another user's units.
#pragma once
#include <optional>
#include <string>

#include "ctl/capture/capture_units.hpp"

namespace checklist::ctl {
std::string captures_json(const Captures& captures);

// Returns the captures of a user's units from JSON that a process of that user wrote, and which is
// therefore not trusted: nothing unless every spec is valid and describes a unit of its own. Each
// spec gets the key `user`.
std::optional<Captures> parse_captures(const std::string& text, const std::string& user);
}  // namespace checklist::ctl
