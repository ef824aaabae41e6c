// SPDX-License-Identifier: MIT
#include "files_helper/needed_paths.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::files {
namespace {
namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class NeededPathsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "what is root's needs root";
    }
  }

  void write(const std::string& file, const std::string& text) {
    fs::create_directories((root_.path() / file).parent_path());
    std::ofstream(root_.path() / file) << text;
  }

  NeededPaths read(const std::string& unit = "x.service") {
    return needed_paths({unit}, {(root_.path() / "none").string(), root_.path().string()});
  }

  testing::TemporaryDirectory root_;
};

TEST_F(NeededPathsTest, AreTheProgramsOfTheCommands) {
  write("x.service",
        "[Service]\nExecStart=-+/usr/bin/x --key /root/secret\nExecStartPre=!!/usr/bin/%p-pre\n"
        "ExecStartPost='/srv/my program' x\nExecStop=/usr/bin/stop\nExecCondition=bare\n");
  EXPECT_THAT(read().programs, ElementsAre("/srv/my program", "/usr/bin/x", "/usr/bin/x-pre"));
  EXPECT_THAT(read().paths, IsEmpty());
}

TEST_F(NeededPathsTest, AreThoseOfTheSandboxAndItsFiles) {
  write("x.service",
        "[Service]\nReadWritePaths=-/a +/b\nBindPaths=/c:/d:norbind\nStandardOutput=append:/e\n"
        "WorkingDirectory=~\nEnvironmentFile=-/f/*\nLoadCredential=key:/g\n[Unit]\nExecPaths=/h\n");
  EXPECT_THAT(read().paths, ElementsAre("/a", "/b", "/c", "/d", "/e"));
  EXPECT_THAT(read().files, ElementsAre("/f/*", "/g"));
}

TEST_F(NeededPathsTest, AreThoseOfTemplatesAndDropIns) {
  write("x@.service", "[Service]\nExecStart=/srv/%i\n");
  write("x@1.service.d/a.conf", "[Service]\nExecStart=/srv/other\n");
  write("service.d/b.conf", "[Service]\nExecStartPre=/srv/all\n");
  EXPECT_THAT(read("x@1.service").programs, ElementsAre("/srv/1", "/srv/all", "/srv/other"));
}

TEST_F(NeededPathsTest, AreNotTakenFromAFileOfAnother) {
  write("x.service", "[Service]\nExecStart=/root/x\n");
  ASSERT_EQ(::chown((root_.path() / "x.service").c_str(), 65534, 65534), 0);
  EXPECT_THAT(read().programs, IsEmpty());
}

TEST_F(NeededPathsTest, AreWholePaths) {
  write("x.service", "[Service]\nExecStart=/srv/../root/x\nReadWritePaths=/srv/%H\n");
  EXPECT_EQ(read(), NeededPaths{});
}
}  // namespace
}  // namespace checklist::files
