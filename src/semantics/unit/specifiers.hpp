// SPDX-License-Identifier: MIT
// The specifiers of systemd.unit(5) that depend on the unit's name alone.
#pragma once
#include <optional>
#include <string>

namespace checklist::semantics {
// Replaces them in a text of a system unit's file. Returns nothing if there are others.
std::optional<std::string> with_specifiers(const std::string& text, const std::string& unit);
}  // namespace checklist::semantics
