// SPDX-License-Identifier: MIT
// Tests of configurations: what a service's own program says of the files that its next start or
// reload would read.
#pragma once
#include <compare>
#include <string>
#include <vector>

#include "checklist/time.hpp"

namespace checklist {
// The result of the last test of a unit's configuration.
struct ConfigTest {
  enum class End { exited, killed, timed_out, not_run };
  std::vector<std::string> command{};
  End end = End::exited;
  int status = 0;                     // the exit status, or the number of the signal
  std::vector<std::string> output{};  // the last lines; only printable characters
  std::string problem{};              // why it was not run
  bool operator==(const ConfigTest&) const = default;
};

// `command` is what the spec wants to be run; if it is empty, the fact is the last result of any,
// or `not_run`. A result of before `since` is returned, too, but a new test is asked for. Otherwise
// Unseen "not_tested" without a result within 4 s, or of the last quarter of an hour.
struct ConfigTestKey {
  std::string unit;
  std::vector<std::string> command{};
  TimePoint since{};
  using Fact = ConfigTest;
  auto operator<=>(const ConfigTestKey&) const = default;
};
}  // namespace checklist
