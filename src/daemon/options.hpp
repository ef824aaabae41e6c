// SPDX-License-Identifier: MIT
// The daemon's command line.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "config/paths.hpp"

namespace checklist::daemon {
struct Options {
  config::Locations locations;
  config::Paths paths;
  std::vector<std::string> listen;      // empty: the default address and socket
  std::optional<std::string> web_file;  // instead of the configuration's; empty: none
  bool user = false;
  bool check_config = false;
  int exit_code = -1;  // 0 or more: exit with it (--help, a usage error)
};

// Prints help, version or a usage error if there is one; see exit_code.
Options parse_options(int argc, char** argv);
}  // namespace checklist::daemon
