// SPDX-License-Identifier: MIT
// The meaning of a unit file's directory, and the .wants and .d directories that apply to a unit
// (systemd.unit(5)).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace checklist::semantics {
// Returns whether a generator makes the file, at boot and at each reload.
bool is_generated(std::string_view path);

// Returns whether the file is of a unit that was made by D-Bus, as by systemd-run(1).
bool is_transient(std::string_view path);

// Returns whether the file exists after a reboot: it is outside /run, or a generator makes it.
bool outlasts_reboot(std::string_view path);

// Returns "x@.service" for the instance "x@y.service"; empty if the unit is none.
std::string template_of(const std::string& unit);

// Returns the stems of the .wants and .d directories that apply to a unit: its name, its template,
// its prefixes up to a "-", and its type.
std::vector<std::string> directory_stems(const std::string& unit);
}  // namespace checklist::semantics
