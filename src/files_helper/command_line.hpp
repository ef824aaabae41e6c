// SPDX-License-Identifier: MIT
// The command line of the helpers: PROGRAM OUTPUT SOURCE...
#pragma once
#include <functional>
#include <string>
#include <vector>

namespace checklist::files {
struct CommandLine {
  std::string output;
  std::vector<std::string> sources;
};

// Calls `run` and returns its exit status: 1, after the error is printed, if it throws, 2 on a
// usage error.
int run_helper(int count, char** arguments, const char* program, const char* usage,
               const std::function<int(const CommandLine&)>& run);
}  // namespace checklist::files
