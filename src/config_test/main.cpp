// SPDX-License-Identifier: MIT
// checklistd-config-test OUTPUT SOURCE…: runs, in the sandbox of checklistd-config-test.service,
// the programs that specs name to test the configurations of services, and writes the results to
// OUTPUT.
#include <cstdio>
#include <filesystem>
#include <string>

#include "config_test/directories.hpp"
#include "config_test/tests.hpp"
#include "files_helper/command_line.hpp"
#include "files_helper/facts.hpp"
#include "files_helper/needed_paths.hpp"
#include "files_helper/wanted.hpp"

namespace {
constexpr const char* usage =
    "Usage: checklistd-config-test OUTPUT SOURCE...\n"
    "Runs the programs that specs name in config_test, and writes the results to OUTPUT. Each "
    "SOURCE\n"
    "is a directory of specs; missing ones are skipped. Runs only in the sandbox of\n"
    "checklistd-config-test.service.\n"
    "Exit status: 0 if OUTPUT is written, 1 if it cannot be, 2 on a usage error.\n";

// Where the unit mounts the host's /var/log.
constexpr auto hosts_logs = "/run/checklistd-config-test-logs";

int run(const checklist::files::CommandLine& given) {
  using namespace checklist;
  if (!std::filesystem::is_directory(hosts_logs)) {
    (void)std::fprintf(stderr, "checklistd-config-test: no %s: not in its sandbox\n", hosts_logs);
    return 1;
  }
  const files::Wanted wanted = files::wanted(given.sources);
  for (const std::string& note : wanted.notes) {
    (void)std::fprintf(stderr, "%s\n", note.c_str());
  }
  config_test::mirror_directories(hosts_logs, "/var/log");
  const auto results =
      config_test::run_tests(wanted.config_tests, {.unit_directories = files::unit_search_path()});
  files::write(given.output, parse::print_config_tests(results));
  return 0;
}
}  // namespace

int main(int count, char** arguments) {
  return checklist::files::run_helper(count, arguments, "checklistd-config-test", usage, run);
}
