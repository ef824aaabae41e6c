// SPDX-License-Identifier: MIT
#include "observe/probes/header_values.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class HeaderLines : public ::testing::Test {
 protected:
  [[nodiscard]] std::string path(const std::string& name) const { return directory_.path() / name; }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
  }

  [[nodiscard]] auto lines(HeaderSource source, const std::string& text) const {
    return header_lines({{"X", {source, text}}}, directory_.path());
  }

  testing::TemporaryDirectory directory_;
};

TEST_F(HeaderLines, HoldTheValueGiven) {
  EXPECT_THAT(*lines(HeaderSource::text, "a b"), ElementsAre("X: a b"));
  EXPECT_THAT(*lines(HeaderSource::text, ""), ElementsAre("X;"));
}

TEST_F(HeaderLines, HoldWhatTheFileSaysNow) {
  write("token", "Bearer one\r\n");
  EXPECT_THAT(*lines(HeaderSource::credential, "token"), ElementsAre("X: Bearer one"));
  write("token", "Bearer two");
  EXPECT_THAT(*lines(HeaderSource::file, path("token")), ElementsAre("X: Bearer two"));
}

TEST_F(HeaderLines, AreUnseenWithoutRepeatingWhatCannotBeUsed) {
  write("two", "secret\nX-Injected: secret");
  write("long", std::string(10'000, 's'));
  write("nul", std::string("secret\0secret", 13));
  for (const auto* name : {"two", "long", "nul"}) {
    const auto seen = lines(HeaderSource::credential, name);
    ASSERT_FALSE(seen) << name;
    EXPECT_EQ(seen.unseen().reason, "header");
    EXPECT_THAT(seen.unseen().why, HasSubstr(std::string("the credential ") + name));
    EXPECT_THAT(seen.unseen().why + seen.unseen().remedy, Not(HasSubstr("secret")));
  }
}

TEST_F(HeaderLines, AreUnseenWhereNothingCanBeRead) {
  ASSERT_EQ(::mkfifo(path("fifo").c_str(), 0600), 0);
  EXPECT_THAT(lines(HeaderSource::file, path("fifo")).unseen().why,
              HasSubstr("not a regular file"));
  EXPECT_THAT(lines(HeaderSource::file, "/dev/zero").unseen().why, HasSubstr("not a regular file"));
  EXPECT_THAT(lines(HeaderSource::file, path("none")).unseen().why, HasSubstr("No such file"));
  EXPECT_THAT(lines(HeaderSource::credential, "none").unseen().remedy,
              HasSubstr("LoadCredential=none"));
  EXPECT_THAT(header_lines({{"X", {HeaderSource::credential, "none"}}}, "").unseen().why,
              HasSubstr("has no credentials"));
}
}  // namespace
}  // namespace checklist::observe
