// SPDX-License-Identifier: MIT
// What checklistd-files and checklistd-config-test pass to the daemon.
#include "fuzz/fuzz.hpp"
#include "parse/config_test/config_tests.hpp"
#include "parse/file_facts.hpp"

namespace checklist::fuzz {
const std::size_t longest = 4U << 20U;  // roots_text.cpp

void run(std::string_view input) {
  if (const auto facts = parse::file_facts(input)) {
    require(parse::file_facts(parse::print_file_facts(*facts)) == facts,
            "printed facts of files read back equal");
  }
  if (const auto tests = parse::config_tests(input)) {
    require(parse::config_tests(parse::print_config_tests(*tests)) == tests,
            "printed tests of configurations read back equal");
  }
}
}  // namespace checklist::fuzz
