// SPDX-License-Identifier: MIT
#include "parse/unit_file.hpp"

#include <gmock/gmock.h>

namespace checklist::parse {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> directives(std::string_view text) {
  std::vector<std::string> out;
  for (const auto& [section, key, value] : unit_file(text).directives) {
    out.push_back("[" + section + "] " + key + "=" + value);
  }
  return out;
}

TEST(UnitFile, KeepsEveryAssignmentInOrderUnderItsSection) {
  EXPECT_THAT(
      directives("[Unit]\nAfter=a.service\nAfter = b.service \n\n[Service]\nExecStart=/bin/x -y=z"),
      ElementsAre("[Unit] After=a.service", "[Unit] After=b.service",
                  "[Service] ExecStart=/bin/x -y=z"));
}

TEST(UnitFile, KeepsAnEmptyValue) {
  EXPECT_THAT(directives("[Service]\nExecStart=\n"), ElementsAre("[Service] ExecStart="));
}

TEST(UnitFile, JoinsContinuedLinesAcrossComments) {
  EXPECT_THAT(directives("[Unit]\nAfter=a.service \\\n# not this one\\\n  b.service\nWants=c\n"),
              ElementsAre("[Unit] After=a.service    b.service", "[Unit] Wants=c"));
  EXPECT_THAT(directives("[Service]\nExecStart=/bin/x \\\\\nUser=y\n"),
              ElementsAre("[Service] ExecStart=/bin/x \\\\", "[Service] User=y"));
  EXPECT_THAT(directives("[Unit]\nAfter=a\\"), ElementsAre("[Unit] After=a"));
}

TEST(UnitFile, LeavesOutCommentsAndWhatMakesNoSense) {
  EXPECT_THAT(directives("# A=b\n  ; C=d\nnonsense\n=value\n[Unit\nX=1\n"), ElementsAre("[] X=1"));
  EXPECT_THAT(directives(""), IsEmpty());
}

TEST(UnitFile, ReadsPastAByteOrderMarkAndCarriageReturns) {
  EXPECT_THAT(directives("\xEF\xBB\xBF[Unit]\r\nAfter=a\r\n"), ElementsAre("[Unit] After=a"));
}

TEST(UnitFile, ThatIsEmptyIsStillThere) {
  EXPECT_TRUE(unit_file("").exists);
}
}  // namespace
}  // namespace checklist::parse
