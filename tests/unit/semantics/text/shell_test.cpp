// SPDX-License-Identifier: MIT
#include "semantics/text/shell.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
TEST(ShellWord, IsItselfIfAShellTakesItLiterally) {
  for (const char* word :
       {"x.service", "getty@tty1.service", "/usr/bin/[", "a:b,c", "u+rw", "100%"}) {
    EXPECT_EQ(shell_word(word), std::string(word) == "/usr/bin/[" ? "'/usr/bin/['" : word);
  }
}

TEST(ShellWord, IsQuotedIfAShellWouldChangeIt) {
  EXPECT_EQ(shell_word(R"(inst@x\x2dy.service)"), R"('inst@x\x2dy.service')");
  EXPECT_EQ(shell_word("a b"), "'a b'");
  EXPECT_EQ(shell_word("<x>"), "'<x>'");
  EXPECT_EQ(shell_word("$(reboot)"), "'$(reboot)'");
  EXPECT_EQ(shell_word("~"), "'~'");
  EXPECT_EQ(shell_word("it's"), R"('it'\''s')");
  EXPECT_EQ(shell_word(""), "''");
}
}  // namespace
}  // namespace checklist::semantics
