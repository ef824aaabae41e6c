// SPDX-License-Identifier: MIT
#include "observe/files/file_observer.hpp"

#include <array>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "observe/files/file_status.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;

class FileObserverTest : public ::testing::Test {
 protected:
  FileStatus status(const std::string& path) {
    const auto seen = file_status(root_.path(), path);
    return seen ? *seen : FileStatus{.type = seen.unseen().reason, .target = {}};
  }

  void follow(const std::string& path) { observer_.follow({FileKey{path}}); }

  bool turns_to(const std::string& type) {
    return loop_.run_until([&] { return fact_ && fact_->type == type; }, 5s);
  }

  std::string at(const std::string& path) { return root_.path().string() + path; }

  testing::TemporaryDirectory root_;
  event::Loop loop_;
  Observed<FileStatus> fact_;
  RootFacts root_facts_{loop_, [] {}, at("/none/facts.json")};
  FileObserver observer_{
      loop_, [this](const FileKey&, Observed<FileStatus> fact) { fact_ = std::move(fact); },
      root_facts_, root_.path()};
};

TEST_F(FileObserverTest, SeesAPathAsLstatDoes) {
  std::ofstream(at("/plain")) << "x";
  std::filesystem::permissions(at("/plain"), std::filesystem::perms(0640));
  std::filesystem::create_symlink(at("/plain"), at("/link"));

  struct stat real {};

  ASSERT_EQ(::lstat(at("/plain").c_str(), &real), 0);
  EXPECT_EQ(status("/plain").type, "regular");
  EXPECT_EQ(status("/plain").mode, 0640U);
  EXPECT_EQ(status("/plain").inode, real.st_ino);
  EXPECT_EQ(status("/plain").device, (major(real.st_dev) << 20U) | minor(real.st_dev));
  EXPECT_EQ(status("/link").type, "symlink");
  EXPECT_EQ(status("/link").target, std::filesystem::canonical(at("/plain")).string());
  EXPECT_EQ(status("/nothing").type, "missing");
  EXPECT_EQ(status("/plain/below").type, "missing");
}

TEST_F(FileObserverTest, HearsOfAFileThatAppearsChangesAndGoes) {
  follow("/file");
  ASSERT_TRUE(turns_to("missing"));
  std::ofstream(at("/file")) << "x";
  ASSERT_TRUE(turns_to("regular"));
  std::filesystem::permissions(at("/file"), std::filesystem::perms(0600));
  ASSERT_TRUE(loop_.run_until([this] { return fact_->mode == 0600; }, 5s));
  std::filesystem::remove(at("/file"));
  EXPECT_TRUE(turns_to("missing"));
}

TEST_F(FileObserverTest, SeesSizeAndAge) {
  std::ofstream(at("/file")) << "four";
  EXPECT_EQ(status("/file").size, 4U);
  EXPECT_LT(std::chrono::abs(std::chrono::system_clock::now() - status("/file").modified), 10s);
}

TEST_F(FileObserverTest, TakesNoTimeThatWouldOverflowAClock) {
  std::ofstream(at("/file")) << "x";
  const std::array<timespec, 2> far{timespec{.tv_sec = 15'000'000'000, .tv_nsec = 0},
                                    timespec{.tv_sec = 15'000'000'000, .tv_nsec = 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, at("/file").c_str(), far.data(), 0), 0);
  const TimePoint moment{status("/file").modified - WallTime{}};
  EXPECT_GT(moment, TimePoint{});
}

TEST_F(FileObserverTest, HearsOfADirectoryOnTheWayReplacedByALink) {
  std::filesystem::create_directory(at("/store"));
  std::ofstream(at("/store/key")) << "x";
  std::filesystem::create_directory_symlink(at("/store"), at("/link"));
  follow("/link/key");
  ASSERT_TRUE(turns_to("regular"));
  std::filesystem::create_directory(at("/other"));
  std::filesystem::create_directory_symlink(at("/other"), at("/new"));
  std::filesystem::rename(at("/new"), at("/link"));
  EXPECT_TRUE(turns_to("missing"));
}

TEST_F(FileObserverTest, HearsOfAFileRenamedOverIt) {
  std::ofstream(at("/file")) << "x";
  follow("/file");
  ASSERT_TRUE(turns_to("regular"));
  const auto former = fact_->inode;
  std::ofstream(at("/new")) << "y";
  std::filesystem::rename(at("/new"), at("/file"));
  EXPECT_TRUE(loop_.run_until([&] { return fact_->inode != former; }, 5s));
}

TEST_F(FileObserverTest, HearsOfDirectoriesMadeAfterwards) {
  follow("/run/x/y/socket");
  ASSERT_TRUE(turns_to("missing"));
  std::filesystem::create_directories(at("/run/x/y"));
  const auto socket = testing::listen_on_path(SOCK_STREAM, at("/run/x/y/socket"));
  ASSERT_TRUE(turns_to("socket"));
  std::filesystem::remove_all(at("/run"));
  ASSERT_TRUE(turns_to("missing"));
  std::filesystem::create_directories(at("/run/x/y/socket"));
  EXPECT_TRUE(turns_to("directory"));
}
}  // namespace
}  // namespace checklist::observe
