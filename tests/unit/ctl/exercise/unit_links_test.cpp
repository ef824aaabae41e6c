// SPDX-License-Identifier: MIT
#include "ctl/exercise/unit_links.hpp"

#include <filesystem>

#include <gmock/gmock.h>

#include "support/temporary_directory.hpp"

namespace checklist::ctl {
namespace {
namespace fs = std::filesystem;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class Links : public ::testing::Test {
 protected:
  void link(const std::string& path, const std::string& target) const {
    fs::create_directories((root_ / path).parent_path());
    fs::create_symlink(target, root_ / path);
  }

  [[nodiscard]] UnitLinks links() const { return unit_links(root_.string(), names_); }

  [[nodiscard]] std::string at(const std::string& path) const { return root_ / path; }

  const testing::TemporaryDirectory directory_;
  const fs::path root_ = fs::path(directory_.path()) / "system";
  const std::set<std::string> names_{"x.service"};
};

TEST_F(Links, AreThoseOfTheNameAndThoseThatLeadToIt) {
  link("multi-user.target.wants/x.service", "/lib/systemd/system/x.service");
  link("alias.service", "/lib/systemd/system/x.service");
  link("y.target.requires/y.service", "/lib/systemd/system/y.service");
  link("other/x.service", "/lib/systemd/system/x.service");  // no directory of links
  EXPECT_THAT(links(),
              UnorderedElementsAre(
                  Pair(at("multi-user.target.wants/x.service"), "/lib/systemd/system/x.service"),
                  Pair(at("alias.service"), "/lib/systemd/system/x.service")));
}

TEST_F(Links, AreMadeAgainAsTheyWere) {
  link("a.target.wants/x.service", "../relative/x.service");
  link("b.target.wants/x.service", "/lib/systemd/system/x.service");
  const UnitLinks before = links();
  fs::remove_all(root_ / "a.target.wants");
  fs::remove(root_ / "b.target.wants/x.service");
  link("b.target.wants/x.service", "/elsewhere/x.service");
  link("c.target.wants/x.service", "/lib/systemd/system/x.service");
  EXPECT_TRUE(restore_links(root_, names_, before));
  EXPECT_EQ(links(), before);
  EXPECT_FALSE(restore_links(root_, names_, before));
}

TEST_F(Links, OfOtherUnitsAreLeftAlone) {
  link("a.target.wants/y.service", "/lib/systemd/system/y.service");
  EXPECT_FALSE(restore_links(root_, names_, {}));
  EXPECT_TRUE(fs::is_symlink(root_ / "a.target.wants/y.service"));
}

TEST_F(Links, OfADirectoryThatIsMissingAreNone) {
  EXPECT_THAT(links(), IsEmpty());
  EXPECT_TRUE(is_writable(root_));  // it can be made
}
}  // namespace
}  // namespace checklist::ctl
