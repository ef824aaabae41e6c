// SPDX-License-Identifier: MIT
#include "event/child_output.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <gtest/gtest.h>

#include "support/open_files.hpp"

namespace checklist::event {
namespace {
using namespace std::chrono_literals;
using End = ChildResult::End;

// Not every builder has its programs in /usr/bin.
std::string own_path() {
  const char* path = std::getenv("PATH");
  return std::string{"PATH="} + (path == nullptr ? "/usr/bin:/bin" : path);
}

class ChildOutputTest : public ::testing::Test {
 protected:
  ChildResult run(const std::vector<std::string>& command, Duration at_most = 20s,
                  const std::vector<std::string>& environment = {own_path()}) {
    std::optional<ChildResult> result;
    ChildOutput child(loop_, command, environment, at_most,
                      [&result](ChildResult ended) { result = std::move(ended); });
    EXPECT_FALSE(result);  // called from the loop only
    EXPECT_TRUE(loop_.run_until([&result] { return result.has_value(); }, 20s));
    return result.value_or(ChildResult{});
  }

  ChildResult shell(const std::string& script, Duration at_most = 20s) {
    return run({"sh", "-c", script}, at_most);
  }

  Loop loop_;
};

TEST_F(ChildOutputTest, ReturnsOutputAndExitStatus) {
  const ChildResult result = shell("echo one; echo two >&2; exit 3");
  EXPECT_EQ(result.end, End::exited);
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.output, "one\ntwo\n");
}

TEST_F(ChildOutputTest, ReportsASignal) {
  const ChildResult result = shell("kill -TERM $$");
  EXPECT_EQ(result.end, End::killed);
  EXPECT_EQ(result.status, SIGTERM);
}

TEST_F(ChildOutputTest, ReportsAMissingProgram) {
  const ChildResult result = run({"/nowhere/to-be-found"});
  EXPECT_EQ(result.end, End::not_started);
  EXPECT_EQ(result.status, ENOENT);
}

TEST_F(ChildOutputTest, ReportsThatNoDescriptorIsLeftForTheChild) {
  EXPECT_EQ(shell("true").end, End::exited) << "the loop has its own descriptors by now";
  const testing::OpenFiles two(testing::lowest_free_descriptor() + 2);  // those of the pipe
  const ChildResult result = shell("exec sleep 600");
  EXPECT_EQ(result.end, End::not_started);
  EXPECT_EQ(result.status, EMFILE);
}

TEST_F(ChildOutputTest, KillsAProgramAtItsTimeout) {
  const ChildResult result = shell("echo begun; exec sleep 600", 200ms);
  EXPECT_EQ(result.end, End::timed_out);
  EXPECT_EQ(result.output, "begun\n");
}

TEST_F(ChildOutputTest, GivesItsEnvironmentAloneAndNoInput) {
  const ChildResult result =
      run({"/bin/sh", "-c", "echo $ONLY-$HOME; read line || echo nothing"}, 20s, {"ONLY=this"});
  EXPECT_EQ(result.output, "this-\nnothing\n");
}

TEST_F(ChildOutputTest, DrainsOutputPastItsLimit) {
  const ChildResult result = shell("head -c 3000000 /dev/zero; exit 5");
  EXPECT_EQ(result.output.size(), 1U << 20U);
  EXPECT_EQ(result.status, 5);
}

TEST_F(ChildOutputTest, KillsTheProgramWithItself) {
  pid_t pid = 0;
  {
    ChildOutput child(loop_, {"sleep", "600"}, {own_path()}, 20s, [](const auto&) {});
    pid = child.pid();
    ASSERT_GT(pid, 0);
  }
  EXPECT_EQ(::kill(pid, 0), -1);
  EXPECT_EQ(errno, ESRCH);
}
}  // namespace
}  // namespace checklist::event
