// SPDX-License-Identifier: MIT
#include "observe/proc/held_files.hpp"

#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include "event/fd.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

// A directory that looks like a cgroup in which this process is.
class HeldFilesTest : public ::testing::Test {
 protected:
  HeldFilesTest() { write("cgroup.procs", std::to_string(::getpid()) + "\n"); }

  void write(const std::string& file, const std::string& text) {
    std::ofstream(root_.path() / file) << text;
  }

  Observed<HeldFiles> read() { return HeldFilesReader().read(root_.path()); }

  testing::TemporaryDirectory root_;
};

TEST_F(HeldFilesTest, AreTheOpenNodesOfItsProcesses) {
  EXPECT_THAT(read()->devices, Not(Contains("c 1:7")));
  const event::Fd full(::open("/dev/full", O_RDONLY | O_CLOEXEC));
  EXPECT_THAT(read()->devices, Contains("c 1:7"));
}

TEST_F(HeldFilesTest, TellWhichProcessListens) {
  EXPECT_THAT(read()->listening, IsEmpty());
  const auto socket = testing::listen_on_path(SOCK_STREAM, root_.path() / "socket");
  EXPECT_THAT(read()->listening, ElementsAre(::getpid()));
}

TEST_F(HeldFilesTest, AreThoseOfProcessesBelow) {
  write("cgroup.procs", "");
  fs::create_directories(root_.path() / "app/deep");
  write("app/deep/cgroup.procs", std::to_string(::getpid()));
  const event::Fd full(::open("/dev/full", O_RDONLY | O_CLOEXEC));
  EXPECT_THAT(read()->devices, Contains("c 1:7"));
}

TEST_F(HeldFilesTest, LeaveOutProcessesThatAreGone) {
  write("cgroup.procs", "4194303\n0\n");
  EXPECT_EQ(*read(), HeldFiles{});
  fs::remove(root_.path() / "cgroup.procs");
  EXPECT_EQ(*read(), HeldFiles{});
}
}  // namespace
}  // namespace checklist::observe
