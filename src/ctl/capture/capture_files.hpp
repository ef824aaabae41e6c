// SPDX-License-Identifier: MIT
// Returns specs that describe what unit files say, without a service manager.
#pragma once
#include <string>

#include "ctl/capture/capture_units.hpp"

namespace checklist::ctl {
// As capture_units(), from a directory of unit files. Throws std::filesystem::filesystem_error if
// it cannot be read.
Captures capture_files(const CaptureOptions& options, const std::string& directory);
}  // namespace checklist::ctl
