// SPDX-License-Identifier: MIT
#include "ctl/records.hpp"

#include <cstdlib>
#include <iostream>

#include <pwd.h>
#include <unistd.h>

namespace checklist::ctl {
config::Paths own_paths(bool user) {
  if (!user) {
    return config::system_paths();
  }
  const passwd* me = ::getpwuid(::getuid());
  return config::user_paths(::getuid(), me != nullptr ? me->pw_dir : "", std::getenv);
}

std::string invoking_user() {
  const char* sudo = std::getenv("SUDO_USER");
  if (sudo != nullptr && *sudo != '\0' && ::getuid() == 0) {
    return sudo;
  }
  const passwd* user = ::getpwuid(::getuid());
  return user != nullptr ? user->pw_name : std::to_string(::getuid());
}

void print_write_error(const std::system_error& error, bool user) {
  const bool denied = error.code() == std::errc::permission_denied;
  std::cerr << "checklistctl: " << error.what() << (denied && !user ? "; run it as root" : "")
            << "\n";
}
}  // namespace checklist::ctl
