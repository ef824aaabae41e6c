// SPDX-License-Identifier: MIT
#include "daemon/journal_readers.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::daemon {
namespace {
using render::Audience;

class JournalReadersTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::ofstream(groups_) << "root:x:0:\nadm:x:4:\nbroken\n\nusers:x:100:\n"
                              "systemd-journal-remote:x:998:\nsystemd-journal:x:999:dev\n";
  }

  [[nodiscard]] Audience of(std::uint32_t uid, std::vector<std::uint32_t> in) const {
    return audience_of({.on_this_host = true,
                        .by_loopback = false,
                        .credentials = http::PeerCredentials{1, uid, std::move(in)}},
                       groups_);
  }

  testing::TemporaryDirectory directory_;
  std::string groups_ = directory_.path() / "group";
  const std::uint32_t stranger_ = ::geteuid() + 1;
};

TEST_F(JournalReadersTest, AreRootOurselvesAndTheJournalsGroups) {
  EXPECT_EQ(of(0, {}), Audience::journal_readers);
  EXPECT_EQ(of(::geteuid(), {}), Audience::journal_readers);
  EXPECT_EQ(of(stranger_, {100, 999}), Audience::journal_readers);
  EXPECT_EQ(of(stranger_, {4}), Audience::journal_readers);
}

TEST_F(JournalReadersTest, EverybodyElseIsAnyone) {
  EXPECT_EQ(of(stranger_, {}), Audience::anyone);
  EXPECT_EQ(of(stranger_, {0, 100, 998}), Audience::anyone);
  EXPECT_EQ(audience_of({.on_this_host = true, .by_loopback = true, .credentials = {}}, groups_),
            Audience::anyone);
}

TEST_F(JournalReadersTest, WithoutAGroupFileNoGroupReads) {
  groups_ = directory_.path() / "none";
  EXPECT_EQ(of(stranger_, {4, 999}), Audience::anyone);
  EXPECT_EQ(of(0, {}), Audience::journal_readers);
}
}  // namespace
}  // namespace checklist::daemon
