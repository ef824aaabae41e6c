// SPDX-License-Identifier: MIT
// Parses unit files and drop-ins (systemd.syntax(7)).
#pragma once
#include <string_view>

#include "checklist/facts/unit_files.hpp"

namespace checklist::parse {
// Never fails: malformed lines are skipped, as by systemd. Values are kept as written, with
// continuation lines joined. Empty values are kept: for most lists they reset the list, for
// dependencies they mean nothing.
UnitFile unit_file(std::string_view text);
}  // namespace checklist::parse
