// SPDX-License-Identifier: MIT
#include "access/login.hpp"

#include <gmock/gmock.h>

namespace checklist::access {
namespace {
TEST(ParseLogin, ReadsUserAndPassword) {
  const auto login = parse_login("Basic QWxhZGRpbjpvcGVuOnNlc2FtZQ==");
  ASSERT_TRUE(login);
  EXPECT_EQ(login->user, "Aladdin");
  EXPECT_EQ(login->password, "open:sesame");
}

TEST(ParseLogin, IgnoresTheCaseOfTheScheme) {
  EXPECT_TRUE(parse_login("bAsIc YTpi"));
}

TEST(ParseLogin, AllowsAnEmptyPassword) {
  const auto login = parse_login("Basic YTo=");
  ASSERT_TRUE(login);
  EXPECT_EQ(login->password, "");
}

TEST(ParseLogin, RefusesOtherSchemesAndBadBase64) {
  for (const char* bad : {"", "Basic", "Basic ", "Bearer YTpi", "Basic YTp", "Basic YT!i",
                          "Basic YWI=", "Basic ====", "BasicYTpi", "Basic YTpi YTpi"}) {
    EXPECT_FALSE(parse_login(bad)) << bad;
  }
}
}  // namespace
}  // namespace checklist::access
