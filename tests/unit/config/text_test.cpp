// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "config/configuration.hpp"

namespace checklist::config {
namespace {
TEST(ProblemText, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(text({"a.json", 2, 3, "/unit", "wrong"}), "a.json:2:3: /unit: wrong");
  EXPECT_EQ(text({"a.json", 2, 3, "", "wrong"}), "a.json:2:3: wrong");
  EXPECT_EQ(text({"a.json", 0, 0, "", "wrong"}), "a.json: wrong");
}

TEST(ProblemText, CommandsNoTerminalAndStaysUtf8) {
  EXPECT_EQ(text({"a.json", 0, 0, "/x\ny", "found '\x1b[2J\x7f'"}),
            "a.json: /x\\x0ay: found '\\x1b[2J\\x7f'");
  EXPECT_EQ(text({"a.json", 0, 0, "", "\xC2\x9B and \xE2\x80\xAE"}),
            "a.json: \\xc2\\x9b and \\xe2\\x80\\xae")
      << "CSI as a C1 control, and a right-to-left override";
  EXPECT_EQ(text({"a.json", 0, 0, "", "cut \xE2\x82, kept ä"}), "a.json: cut ��, kept ä");
}
}  // namespace
}  // namespace checklist::config
