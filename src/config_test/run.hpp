// SPDX-License-Identifier: MIT
// Runs one test of a configuration and ends all that it started.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "checklist/facts/config_tests.hpp"
#include "checklist/time.hpp"

#include "config_test/identity.hpp"

namespace checklist::config_test {
struct Limits {
  Duration time = std::chrono::seconds{10};
  std::size_t output = 4096;  // bytes at the end that are kept; the rest is read and dropped
};

// Runs the command with this identity, an environment of its own and nothing to read. Returns when
// it has ended, or at the end of the time, and after all processes that it left were killed. Keeps
// no output of a test that succeeds.
ConfigTest run(const std::vector<std::string>& command, const Identity& identity,
               const Limits& limits = {});
}  // namespace checklist::config_test
