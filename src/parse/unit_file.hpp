// SPDX-License-Identifier: MIT
// Unit files and drop-ins, as systemd.syntax(7) describes them.
#pragma once
#include <string_view>

#include "checklist/facts/unit_files.hpp"

namespace checklist::parse {
// Total, as systemd is: a line that makes no sense is left out. Values are as written, continuation
// lines joined, an empty one included: for most lists it means "start anew", for dependencies
// nothing.
UnitFile unit_file(std::string_view text);
}  // namespace checklist::parse
