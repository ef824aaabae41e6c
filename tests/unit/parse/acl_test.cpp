// SPDX-License-Identifier: MIT
#include "parse/acl.hpp"

#include <gmock/gmock.h>

namespace checklist::parse {
namespace {
using namespace std::string_literals;

// As `getfattr -e hex -n system.posix_acl_access` shows it after `setfacl -m u:900:r,g:44:rw,m::r`.
const std::string head = "\x02\0\0\0"s;
const std::string recorded = head + "\x01\0\x06\0\xff\xff\xff\xff"s + "\x02\0\x04\0\x84\x03\0\0"s +
                             "\x04\0\x06\0\xff\xff\xff\xff"s + "\x08\0\x06\0\x2c\0\0\0"s +
                             "\x10\0\x04\0\xff\xff\xff\xff"s + "\x20\0\0\0\xff\xff\xff\xff"s;

TEST(AccessAcl, ReadsWhatTheKernelStores) {
  const Acl expected{.owning_group = 6,
                     .named = {{.for_group = false, .id = 900, .bits = 4},
                               {.for_group = true, .id = 44, .bits = 6}}};
  EXPECT_EQ(access_acl(recorded), expected);
}

TEST(AccessAcl, IsNoneWithoutNamedEntriesOrWhereItIsBroken) {
  EXPECT_EQ(access_acl(""), std::nullopt);
  EXPECT_EQ(access_acl(head), std::nullopt);
  EXPECT_EQ(access_acl(head + "\x04\0\x06\0\xff\xff\xff\xff"s), std::nullopt);
  EXPECT_EQ(access_acl(recorded.substr(0, recorded.size() - 1)), std::nullopt);
  EXPECT_EQ(access_acl("\x03" + recorded.substr(1)), std::nullopt);
}
}  // namespace
}  // namespace checklist::parse
