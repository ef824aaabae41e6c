// SPDX-License-Identifier: MIT
#include "access/known_logins.hpp"

#include <gmock/gmock.h>

namespace checklist::access {
namespace {
TEST(KnownLogins, KnowsWhatWasAdded) {
  KnownLogins known;
  EXPECT_FALSE(known.contains({"a", "b"}, "hash"));
  known.add({"a", "b"}, "hash");
  EXPECT_TRUE(known.contains({"a", "b"}, "hash"));
}

TEST(KnownLogins, TellsPartsApart) {
  KnownLogins known;
  known.add({"ab", "c"}, "hash");
  EXPECT_FALSE(known.contains({"a", "bc"}, "hash"));
  EXPECT_FALSE(known.contains({"ab", "c"}, "another"));
  EXPECT_FALSE(known.contains({"ab", "C"}, "hash"));
}

TEST(KnownLogins, IsBounded) {
  KnownLogins known;
  known.add({"user", "password"}, "hash");
  for (int i = 0; i < 100; ++i) {
    known.add({"user", std::to_string(i)}, "hash");
  }
  EXPECT_FALSE(known.contains({"user", "password"}, "hash"));
  EXPECT_TRUE(known.contains({"user", "99"}, "hash"));
}
}  // namespace
}  // namespace checklist::access
