// SPDX-License-Identifier: MIT
#include "semantics/text/base64.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
// The test vectors of RFC 4648, section 10.
TEST(Base64, IsDecodedWithAndWithoutPadding) {
  EXPECT_EQ(from_base64(""), "");
  EXPECT_EQ(from_base64("Zg=="), "f");
  EXPECT_EQ(from_base64("Zm8"), "fo");
  EXPECT_EQ(from_base64("Zm9vYmFy"), "foobar");
  EXPECT_EQ(from_base64("//79"), "\xff\xfe\xfd");
}

TEST(Base64, MayBeBrokenIntoLines) {
  EXPECT_EQ(from_base64("Zm9v\r\n YmFy\n"), "foobar");
}
}  // namespace
}  // namespace checklist::semantics
