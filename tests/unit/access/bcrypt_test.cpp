// SPDX-License-Identifier: MIT
#include "access/bcrypt.hpp"

#include <gmock/gmock.h>

namespace checklist::access {
namespace {
// Of "secret", without the letter of its kind.
const std::string secret_hash = "$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";

TEST(Bcrypt, KnowsAHashByItsForm) {
  const std::string rest = "abcdefghijklmnopqrstuuabcdefghijklmnopqrstuvwxyz01234";
  EXPECT_EQ(bcrypt_problem("$2y$10$" + rest), "");
  EXPECT_EQ(bcrypt_problem("$2b$31$" + rest), "");
  EXPECT_EQ(bcrypt_problem("$2$10$" + rest), "");
  for (const std::string& bad :
       {std::string(), std::string("secret"), "$2y$10$" + rest.substr(2), "$3y$10$" + rest,
        "$2y$03$" + rest, "$2y$32$" + rest, "$2y$x0$" + rest, "x2y$10$" + rest}) {
    EXPECT_NE(bcrypt_problem(bad), "") << bad;
  }
}

TEST(Bcrypt, DoesNotRepeatTheText) {
  EXPECT_THAT(bcrypt_problem("hunter2"), ::testing::Not(::testing::HasSubstr("hunter2")));
}

TEST(Bcrypt, ComparesPasswords) {
  for (const char* letter : {"2a", "2b", "2y", "2"}) {
    const std::string hash = std::string("$") + letter + secret_hash;
    EXPECT_TRUE(bcrypt_matches(hash, "secret")) << hash;
    EXPECT_FALSE(bcrypt_matches(hash, "Secret"));
    EXPECT_FALSE(bcrypt_matches(hash, ""));
    EXPECT_FALSE(bcrypt_matches(hash, std::string("secret\0more", 11)));
  }
}

TEST(Bcrypt, NothingMatchesWhatIsNoHash) {
  EXPECT_FALSE(bcrypt_matches("", ""));
  EXPECT_FALSE(bcrypt_matches("*0", "*0"));
}
}  // namespace
}  // namespace checklist::access
