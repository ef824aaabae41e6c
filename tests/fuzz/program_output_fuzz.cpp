// SPDX-License-Identifier: MIT
// Output of programs: systemd-analyze(1), and tests of configurations.
#include "fuzz/fuzz.hpp"
#include "parse/config_test/program_output.hpp"
#include "parse/exposure.hpp"
#include "semantics/text/config_place.hpp"
#include "semantics/text/utf8.hpp"

namespace checklist::fuzz {
const std::size_t longest = 1U << 20U;  // event::ChildOutput

void run(std::string_view input) {
  const auto level = parse::exposure(input);
  require(!level || *level >= 0, "an exposure level is a number");
  (void)parse::syscall_groups(input);
  const std::vector<std::string> lines = parse::last_lines(input);
  require(lines.size() <= 20, "twenty lines are kept");
  for (const std::string& line : lines) {
    require(line.size() <= 300, "a line has at most 300 bytes");
    require(std::ranges::none_of(line, [](char c) { return static_cast<unsigned char>(c) < ' '; }),
            "a line has no control characters");
  }
  (void)semantics::text(semantics::config_place(lines));
}
}  // namespace checklist::fuzz
