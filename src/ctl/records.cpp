// SPDX-License-Identifier: MIT
#include "ctl/records.hpp"

#include <cstdlib>
#include <iostream>

#include <pwd.h>
#include <unistd.h>

namespace checklist::ctl {
namespace {
// Returns the directory of StateDirectory=PROGRAM (systemd.exec(5)).
std::string state_directory_of(const std::string& program, bool user) {
  if (!user) {
    return "/var/lib/" + program;
  }
  const char* state = std::getenv("XDG_STATE_HOME");
  const passwd* me = ::getpwuid(::getuid());
  const std::string home = me != nullptr ? me->pw_dir : "";
  const bool is_set = state != nullptr && *state != '\0';
  return (is_set ? std::string(state) : home + "/.local/state") + "/" + program;
}
}  // namespace

std::string records_directory(bool user) {
  return state_directory_of("checklistctl", user);
}

std::string daemon_state_directory(bool user) {
  return state_directory_of("checklistd", user);
}

void print_write_error(const std::system_error& error, bool user) {
  const bool denied = error.code() == std::errc::permission_denied;
  std::cerr << "checklistctl: " << error.what() << (denied && !user ? "; run it as root" : "")
            << "\n";
}
}  // namespace checklist::ctl
