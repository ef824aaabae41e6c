// SPDX-License-Identifier: MIT
// Whether the last start of a service proves what cannot be seen otherwise of a file that it used.
#pragma once
#include <string>

#include "checklist/view.hpp"

namespace checklist::checks {
// Returns whether the last start of the view's service succeeded, and the file at the path was not
// modified since. Of a start that systemd no longer knows, nothing is proven.
bool is_proven_by_last_start(const std::string& path, View& see);
}  // namespace checklist::checks
