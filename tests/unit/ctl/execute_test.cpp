// SPDX-License-Identifier: MIT
#include "ctl/execute.hpp"

#include <csignal>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::ctl {
namespace {
TEST(Execute, ReportsHowTheCommandEnded) {
  EXPECT_EQ(execute({"true"}), "exited with 0");
  EXPECT_EQ(execute({"sh", "-c", "exit 7"}), "exited with 7");
  EXPECT_EQ(execute({"sh", "-c", "kill -KILL $$"}), "was killed by KILL");
  EXPECT_EQ(execute({"/does/not/exist"}), "could not be executed: No such file or directory");
}

TEST(Execute, PassesArgumentsWithoutAShell) {
  const testing::TemporaryDirectory directory;
  const std::string path = directory.path() / "a file; $(false)";
  EXPECT_EQ(execute({"touch", path}), "exited with 0");
  EXPECT_TRUE(std::ifstream(path).is_open());
}

TEST(Execute, IsNotInterruptedBySignals) {
  EXPECT_EQ(execute({"sh", "-c", "kill -INT $PPID; kill -HUP $PPID; kill -TERM $PPID; exit 3"}),
            "exited with 3");
}

TEST(Execute, LetsTheCommandBeStoppedBySigterm) {
  EXPECT_EQ(execute({"sh", "-c", "kill -TERM $$"}), "was killed by TERM");
  EXPECT_EQ(execute({"sh", "-c", "kill -INT $$; exit 4"}), "exited with 4");
}
}  // namespace
}  // namespace checklist::ctl
