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
  EXPECT_EQ(execute({"true"}).how, "exited with 0");
  EXPECT_EQ(execute({"sh", "-c", "exit 7"}).how, "exited with 7");
  EXPECT_EQ(execute({"sh", "-c", "kill -KILL $$"}).how, "was killed by KILL");
  EXPECT_EQ(execute({"/does/not/exist"}).how, "could not be executed: No such file or directory");
}

TEST(Execute, PassesArgumentsWithoutAShell) {
  const testing::TemporaryDirectory directory;
  const std::string path = directory.path() / "a file; $(false)";
  EXPECT_EQ(execute({"touch", path}).how, "exited with 0");
  EXPECT_TRUE(std::ifstream(path).is_open());
}

TEST(Execute, IsNotInterruptedBySignals) {
  EXPECT_EQ(execute({"sh", "-c", "kill -INT $PPID; kill -HUP $PPID; kill -TERM $PPID; exit 3"}).how,
            "exited with 3");
}

TEST(Execute, LetsTheCommandBeStoppedBySigterm) {
  EXPECT_EQ(execute({"sh", "-c", "kill -TERM $$"}).how, "was killed by TERM");
  EXPECT_EQ(execute({"sh", "-c", "kill -INT $$; exit 4"}).how, "exited with 4");
}

TEST(Execute, LetsTheCommandBeInterruptedIfThatIsWanted) {
  const Executed done = execute({"sh", "-c", "kill -INT $$; exit 4"}, Interruption::possible);
  EXPECT_EQ(done.how, "was killed by INT");
  EXPECT_EQ(done.status, 130);
}

TEST(Execute, ReturnsTheStatusThatAShellWould) {
  EXPECT_EQ(execute({"sh", "-c", "exit 7"}).status, 7);
  EXPECT_EQ(execute({"/does/not/exist"}).status, 127);
}
}  // namespace
}  // namespace checklist::ctl
