// SPDX-License-Identifier: MIT
// Runs the tests that specs name, one after the other.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "checklist/time.hpp"

#include "config_test/run.hpp"
#include "parse/config_test/config_tests.hpp"
#include "semantics/files/test_command.hpp"

namespace checklist::config_test {
struct Host {
  std::string run = "/run";
  std::vector<std::string> unit_directories;
  std::string account = test_account;
  Limits limits{};
  Duration time = std::chrono::minutes{2};  // for all; tests that cannot begin in it are left out
};

// Returns the results. A test whose program users other than root can write, or replace, is not
// run.
parse::ConfigTests run_tests(const std::map<std::string, semantics::TestCommand>& wanted,
                             const Host& host);
}  // namespace checklist::config_test
