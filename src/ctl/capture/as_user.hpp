// SPDX-License-Identifier: MIT
// Captures units of another user's service manager, for root.
#pragma once
#include <string>

#include "ctl/capture/capture_units.hpp"

namespace checklist::ctl {
// Returns why units of the user's manager cannot be captured by this process; empty if they can be.
std::string obstacle_to_capture_as(const std::string& user);

// As capture_units(), in a child process with the user's rights and environment: the manager of a
// user answers only that user. Throws std::system_error if there can be no child process.
Captures capture_as(const std::string& user, const CaptureOptions& options);
}  // namespace checklist::ctl
