// SPDX-License-Identifier: MIT
#include "config_test/tests.hpp"

#include <filesystem>
#include <system_error>

#include "config_test/directories.hpp"
#include "config_test/settings.hpp"
#include "files_helper/trust.hpp"

namespace checklist::config_test {
namespace {
using Clock = std::chrono::steady_clock;
using Words = std::vector<std::string>;

ConfigTest not_run(const Words& command, const std::string& problem) {
  return {.command = command, .end = ConfigTest::End::not_run, .problem = problem};
}

ConfigTest test(const std::string& unit, const Words& command, const Host& host) {
  const std::string& program = command.front();
  std::error_code none;
  if (!std::filesystem::exists(program, none)) {
    return not_run(command, program + " does not exist");
  }
  if (!files::is_roots(program)) {
    return not_run(command, "users other than root can write or replace " + program);
  }
  const Settings settings = settings_of(unit, host.unit_directories);
  const auto identity = identity_for(settings, host.account);
  if (!identity) {
    return not_run(command, identity.unseen().why);
  }
  make_runtime_directories(host.run, settings.runtime_directories, *identity);
  return run(command, *identity, host.limits);
}
}  // namespace

parse::ConfigTests run_tests(const std::map<std::string, semantics::TestCommand>& wanted,
                             const Host& host) {
  const auto began = Clock::now();
  parse::ConfigTests out{.made = std::chrono::time_point_cast<Duration>(began), .units = {}};
  for (const auto& [unit, command] : wanted) {
    const bool is_late = Clock::now() > began + host.time;
    out.units.emplace(unit, is_late ? not_run(command.words, "the tests before it took too long")
                                    : test(unit, command.words, host));
  }
  return out;
}
}  // namespace checklist::config_test
