// SPDX-License-Identifier: MIT
// Where unit files lie and what that means (systemd.unit(5)), and whose install directories are
// whose.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace checklist::semantics {
// Made by a generator: rewritten at each reload, and at boot.
bool is_generated(std::string_view path);

// Still there, or made again, after a reboot: outside /run, or made by a generator.
bool outlasts_reboot(std::string_view path);

// The stems of the .wants and .d directories that apply to a unit: itself, its template, the names
// it begins with up to a "-", its type.
std::vector<std::string> directory_stems(const std::string& unit);
}  // namespace checklist::semantics
