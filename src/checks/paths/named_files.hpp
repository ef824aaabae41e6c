// SPDX-License-Identifier: MIT
// The files that a unit's definition names, for a spec that is captured.
#pragma once
#include <string>
#include <vector>

#include "checklist/view.hpp"

namespace checklist::checks {
// Returns the files of EnvironmentFile= and LoadCredential= (systemd.exec(5)), and those among the
// arguments of ExecStart=. Leaves out files below /run, /tmp, /var/log and the like.
std::vector<std::string> named_files(View& see);
}  // namespace checklist::checks
