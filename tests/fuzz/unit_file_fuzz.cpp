// SPDX-License-Identifier: MIT
// Unit files and drop-ins, and what follows from their directives.
#include "fuzz/fuzz.hpp"
#include "parse/unit_file.hpp"
#include "semantics/time/calendar.hpp"
#include "semantics/unit/specifiers.hpp"
#include "semantics/unit/start_directives.hpp"

namespace checklist::fuzz {
const std::size_t longest = 1U << 20U;  // unit_file_observer.cpp

void run(std::string_view input) {
  const UnitFile file = parse::unit_file(input);
  require(file.directives.size() <= input.size(), "there are no more directives than bytes");
  std::string printed;
  for (const UnitFileEntry& each : file.directives) {
    (void)semantics::with_specifiers(each.value, "a@b-c.service");
    (void)semantics::longest_pause(each.value);
    printed += "[" + each.section + "]\n" + each.key + "=" + each.value + "\n";
  }
  const std::uint64_t digest = semantics::digest(semantics::empty_digest, file);
  require(digest == semantics::digest(semantics::empty_digest, parse::unit_file(input)),
          "a digest depends on the file alone");
}
}  // namespace checklist::fuzz
