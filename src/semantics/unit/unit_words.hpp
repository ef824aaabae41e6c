// SPDX-License-Identifier: MIT
// The lines of unit files that name other units: Wants=, Requires=, After= and their like.
#pragma once
#include <string>
#include <string_view>

#include "checklist/facts/unit_files.hpp"

namespace checklist::semantics {
// Whether such a line's value names `unit`. `owner` is the unit that the line is read for; it gives
// the specifiers their meaning (systemd.unit(5), "SPECIFIERS"). One that tells more than the
// owner's name stands for any text.
bool names_unit(std::string_view value, std::string_view owner, std::string_view unit);

// Whether a file of `owner` has such a line in its [Unit] section. An empty assignment takes
// nothing back: dependencies can only be added (systemd.unit(5), "drop-in").
bool names_unit(const UnitFile& file, std::string_view key, std::string_view owner,
                std::string_view unit);
}  // namespace checklist::semantics
