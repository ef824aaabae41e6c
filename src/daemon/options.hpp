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
  std::string records_directory;    // where checklistctl writes and we only read
  std::vector<std::string> listen;  // empty: the default address and socket
  std::string runtime_directory;    // where our sockets lie
  bool user = false;
  bool check_config = false;
  int exit_code = -1;  // 0 or more: there is nothing to run (--help, a usage error)
};

Options parse_options(int argc, char** argv);
}  // namespace checklist::daemon
