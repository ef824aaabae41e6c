// SPDX-License-Identifier: MIT
#include "ctl/records.hpp"

#include <cstdlib>
#include <iostream>

namespace checklist::ctl {
std::string records_directory(bool user) {
  if (!user) {
    return "/var/lib/checklistctl";
  }
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  return (state != nullptr && *state != '\0'
              ? std::string(state)
              : std::string(home != nullptr ? home : "") + "/.local/state") +
         "/checklistctl";
}

void tell_unwritten(const std::system_error& error, bool user) {
  const bool denied = error.code() == std::errc::permission_denied;
  std::cerr << "checklistctl: " << error.what() << (denied && !user ? "; run it as root" : "")
            << "\n";
}
}  // namespace checklist::ctl
