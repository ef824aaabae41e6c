// SPDX-License-Identifier: MIT
// Files of /etc: accounts, nsswitch.conf, os-release.
#include "fuzz/fuzz.hpp"
#include "parse/accounts.hpp"
#include "parse/host/release_file.hpp"
#include "parse/nsswitch.hpp"

namespace checklist::fuzz {
const std::size_t longest = 1U << 20U;  // accounts_observer.cpp

void run(std::string_view input) {
  require(parse::users(input).size() <= input.size(), "there are no more users than bytes");
  require(parse::groups(input).size() <= input.size(), "there are no more groups than bytes");
  (void)parse::name_sources(input, "passwd");
  (void)parse::release_fields(input);
}
}  // namespace checklist::fuzz
