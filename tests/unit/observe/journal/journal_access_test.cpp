// SPDX-License-Identifier: MIT
#include "observe/journal/journal_access.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
constexpr uid_t nobody = 65534;

// The answer as somebody without privileges gets it: its reason, or "" of none.
std::string reason_for_nobody(const JournalPlace& place) {
  int ends[2];
  testing::must(::pipe(ends), "pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    if (::getuid() == 0) {
      testing::must(::setgid(nobody), "setgid");
      testing::must(::setuid(nobody), "setuid");
    }
    const auto why = why_unreadable(place);
    const std::string reason = why ? why->reason : "";
    ::_exit(::write(ends[1], reason.data(), reason.size()) < 0 ? 1 : 0);
  }
  ::close(ends[1]);
  std::string out(64, '\0');
  out.resize(static_cast<std::size_t>(std::max<ssize_t>(::read(ends[0], out.data(), 64), 0)));
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return out;
}

class JournalAccessTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::permissions(directory_.path(), std::filesystem::perms(0755));
  }

  void make(const std::string& name, unsigned mode) {
    std::ofstream(directory_.path() / name) << "x";
    std::filesystem::permissions(directory_.path() / name, std::filesystem::perms(mode));
  }

  [[nodiscard]] JournalPlace place(std::optional<std::uint32_t> user = {}) const {
    return {.directory = directory_.path(), .user = user};
  }

  testing::TemporaryDirectory directory_;
};

TEST_F(JournalAccessTest, AJournalWithoutFilesIsReadable) {
  EXPECT_EQ(reason_for_nobody(place()), "");
}

TEST_F(JournalAccessTest, FilesOfOthersAreForbidden) {
  make("system.journal", 0);
  EXPECT_EQ(reason_for_nobody(place()), "permission");
  make("system@1.journal", 0644);  // some of it is better than nothing
  EXPECT_EQ(reason_for_nobody(place()), "");
}

TEST_F(JournalAccessTest, AUsersOwnFileIsEnoughForTheUsersUnits) {
  make("system.journal", 0);
  make("user-1001.journal", 0644);
  EXPECT_EQ(reason_for_nobody(place(1000)), "permission");
  EXPECT_EQ(reason_for_nobody(place(1001)), "");
  EXPECT_EQ(reason_for_nobody(place()), "permission");
}

TEST_F(JournalAccessTest, ADirectoryThatCannotBeListedIsForbidden) {
  std::filesystem::permissions(directory_.path(), std::filesystem::perms(0));
  EXPECT_EQ(reason_for_nobody(place()), "permission");
  std::filesystem::permissions(directory_.path(), std::filesystem::perms(0700));
}

TEST_F(JournalAccessTest, TooManyFilesAreNotRead) {
  for (int i = 0; i <= 2000; ++i) {
    make("system@" + std::to_string(i) + ".journal", 0644);
  }
  const auto why = why_unreadable(place());
  ASSERT_TRUE(why);
  EXPECT_EQ(why->reason, "unsupported");
  EXPECT_EQ(why->why, "the journal has 2001 files, and checklistd reads at most 2000");
  EXPECT_EQ(why->remedy, "run `journalctl --rotate --vacuum-files=100`");
  std::filesystem::remove(directory_.path() / "system@0.journal");
  EXPECT_FALSE(why_unreadable(place()));
}

TEST_F(JournalAccessTest, NoDirectoryIsNoJournal) {
  EXPECT_EQ(reason_for_nobody({.directory = directory_.path() / "none", .user = {}}),
            "unsupported");
}
}  // namespace
}  // namespace checklist::observe
