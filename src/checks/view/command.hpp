// SPDX-License-Identifier: MIT
// The commands that hints tell a person to type.
#pragma once
#include <string>

#include "checklist/view.hpp"

namespace checklist::checks {
// "`systemctl --user restart x.service`", for the manager of the view's unit; verb "journal" is
// journalctl. The view's own unit where none is given.
inline std::string command(const View& see, const std::string& verb, std::string unit = {}) {
  const bool is_users = !see.spec().user.empty();
  const std::string program = verb == "journal" ? "journalctl" : "systemctl";
  if (unit.empty()) {
    unit = see.unit();
  }
  return "`" + program + (is_users ? " --user " : " ") + (verb == "journal" ? "-u" : verb) + " " +
         unit + "`";
}
}  // namespace checklist::checks
