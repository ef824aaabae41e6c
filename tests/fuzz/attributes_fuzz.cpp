// SPDX-License-Identifier: MIT
// Extended attributes of files: access ACLs and capabilities.
#include "fuzz/fuzz.hpp"
#include "parse/acl.hpp"
#include "parse/programs/file_capabilities.hpp"

namespace checklist::fuzz {
const std::size_t longest = 4096;  // node_observer.cpp

void run(std::string_view input) {
  const auto acl = parse::access_acl(input);
  require(!acl || !acl->named.empty(), "an ACL says more than the file mode");
  require(!acl || acl->named.size() * 8 <= input.size(), "an entry takes eight bytes");
  (void)parse::file_capabilities(input);
}
}  // namespace checklist::fuzz
