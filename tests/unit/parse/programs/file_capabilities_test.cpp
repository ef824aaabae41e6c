// SPDX-License-Identifier: MIT
#include "parse/programs/file_capabilities.hpp"

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
using namespace std::string_literals;

// As `getfattr -e hex -n security.capability` shows it after `setcap cap_net_raw,cap_bpf=ep`.
const std::string recorded = "\x01\0\0\x02\0\x20\0\0\0\0\0\0\x80\0\0\0\0\0\0\0"s;

TEST(FileCapabilities, AreThoseThatTheKernelStores) {
  constexpr std::uint64_t raw_and_bpf = 1ULL << 13U | 1ULL << 39U;
  EXPECT_EQ(file_capabilities(recorded),
            (FileCapabilities{.permitted = raw_and_bpf, .inheritable = 0, .effective = true}));
}

TEST(FileCapabilities, MayBeOfAUser) {
  std::string of_user = recorded + "\xe8\x03\0\0"s;
  of_user[3] = 3;
  of_user[0] = 0;
  of_user[9] = 4;
  EXPECT_EQ(file_capabilities(of_user), (FileCapabilities{.permitted = 1ULL << 13U | 1ULL << 39U,
                                                          .inheritable = 1ULL << 10U,
                                                          .effective = false}));
}

TEST(FileCapabilities, AreNoneWhereTheAttributeIsBroken) {
  EXPECT_EQ(file_capabilities(""), std::nullopt);
  EXPECT_EQ(file_capabilities(recorded.substr(1)), std::nullopt);
  std::string other = recorded;
  other[3] = 4;
  EXPECT_EQ(file_capabilities(other), std::nullopt);
}
}  // namespace
}  // namespace checklist::parse
