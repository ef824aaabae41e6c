// SPDX-License-Identifier: MIT
// The daemon's command line.
#pragma once
#include <string>
#include <vector>

#include "config/configuration.hpp"

namespace checklist::daemon {
struct Options {
  config::Locations locations;
  std::string state_directory;
  std::string records_directory;    // written by checklistctl, read by the daemon
  std::vector<std::string> listen;  // empty: the default address and socket
  std::string runtime_directory;    // of the sockets
  bool user = false;
  bool check_config = false;
  int exit_code = -1;  // 0 or more: exit with it (--help, a usage error)
};

// Prints help, version or a usage error if there is one; see exit_code.
Options parse_options(int argc, char** argv);
}  // namespace checklist::daemon
