// SPDX-License-Identifier: MIT
// The JSON file in which checklistd-config-test passes the results of tests of configurations to
// the unprivileged daemon.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "checklist/facts/config_tests.hpp"
#include "checklist/time.hpp"

namespace checklist::parse {
struct ConfigTests {
  TimePoint made;                           // before the first of them was started
  std::map<std::string, ConfigTest> units;  // by the unit's name as its spec spells it
  bool operator==(const ConfigTests&) const = default;
};

std::string print_config_tests(const ConfigTests& tests);

// Returns nothing unless the text is exactly of the form that print_config_tests() writes.
std::optional<ConfigTests> config_tests(std::string_view text);
}  // namespace checklist::parse
