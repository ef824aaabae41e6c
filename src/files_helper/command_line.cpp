// SPDX-License-Identifier: MIT
#include "files_helper/command_line.hpp"

#include <cstdio>
#include <exception>

namespace checklist::files {
int run_helper(int count, char** arguments, const char* program, const char* usage,
               const std::function<int(const CommandLine&)>& run) {
  const std::vector<std::string> given(arguments + 1, arguments + count);
  if (given.size() == 1 && (given.front() == "--help" || given.front() == "-h")) {
    (void)std::fputs(usage, stdout);
    return 0;
  }
  if (given.size() < 2) {
    (void)std::fputs(usage, stderr);
    return 2;
  }
  try {
    return run({.output = given.front(), .sources = {given.begin() + 1, given.end()}});
  } catch (const std::exception& error) {
    (void)std::fprintf(stderr, "%s: %s\n", program, error.what());
    return 1;
  }
}
}  // namespace checklist::files
