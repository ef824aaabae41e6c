// SPDX-License-Identifier: MIT
#include "observe/unit_files/install_link_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "support/open_files.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

class InstallLinkObserverTest : public ::testing::Test {
 protected:
  InstallLinkObserverTest() {
    for (const char* directory : {"/etc/u", "/run/u", "/run/u/transient", "/lib/u"}) {
      fs::create_directories(at(directory));
    }
  }

  [[nodiscard]] std::string at(const std::string& path) const {
    return root_.path().string() + path;
  }

  void link(const std::string& path, const std::string& target = "/lib/u/x.service") const {
    fs::create_directories(fs::path(at(path)).parent_path());
    fs::create_symlink(target, at(path));
  }

  // The paths of the links to a unit, after the search path is known.
  std::vector<std::string> links(const std::string& unit) {
    observer_.search_path({"/etc/u", "/run/u", "/run/u/transient", "/lib/u"});
    observer_.follow({{unit}});
    std::vector<std::string> out;
    for (const InstallLink& each : links_.at(unit)) {
      out.push_back(each.path);
    }
    return out;
  }

  testing::TemporaryDirectory root_;
  event::Loop loop_;
  std::map<std::string, std::vector<InstallLink>> links_;
  std::optional<Unseen> unseen_;
  int changes_ = 0;
  InstallLinkObserver observer_{loop_,
                                [this](const InstallLinksKey& key, const auto& fact) {
                                  unseen_ = fact ? std::nullopt : std::optional(fact.unseen());
                                  links_[key.name] = fact ? *fact : std::vector<InstallLink>{};
                                },
                                [this] { ++changes_; }, root_.path()};
};

TEST_F(InstallLinkObserverTest, PutsNothingBeforeTheSearchPathIsKnown) {
  observer_.follow({{"x.service"}});
  observer_.look_again();
  EXPECT_TRUE(links_.empty());
  observer_.search_path({"/etc/u"});
  EXPECT_TRUE(links_.contains("x.service"));
}

TEST_F(InstallLinkObserverTest, FindsWhatPullsAUnitInAndHow) {
  link("/etc/u/multi-user.target.wants/x.service");
  link("/lib/u/a.target.requires/x.service");
  link("/lib/u/b.c.target.upholds/x.service");
  link("/lib/u/a.target.requires/y.service");
  observer_.search_path({"/etc/u", "/lib/u"});
  observer_.follow({{"x.service"}});
  const auto& found = links_.at("x.service");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].target, "multi-user.target");
  EXPECT_EQ(found[0].kind, "wants");
  EXPECT_EQ(found[1].kind, "requires");
  EXPECT_EQ(found[2].target, "b.c.target");
  EXPECT_EQ(found[2].kind, "upholds");
}

TEST_F(InstallLinkObserverTest, IgnoresFilesOtherDirectoriesAndTransientUnits) {
  link("/etc/u/a.target.d/x.service");
  link("/etc/u/.wants/x.service");
  link("/run/u/transient/a.target.wants/x.service");
  fs::create_directories(at("/etc/u/a.target.wants"));
  std::ofstream(at("/etc/u/a.target.wants/x.service")) << "[Service]\n";
  EXPECT_THAT(links("x.service"), IsEmpty());
}

TEST_F(InstallLinkObserverTest, AMaskHidesTheSameLinkInLaterDirectoriesOnly) {
  link("/etc/u/a.target.wants/x.service");
  link("/run/u/a.target.wants/x.service", "/dev/null");
  link("/lib/u/a.target.wants/x.service");
  link("/lib/u/b.target.wants/x.service");
  EXPECT_THAT(links("x.service"),
              ElementsAre("/etc/u/a.target.wants/x.service", "/lib/u/b.target.wants/x.service"));
}

TEST_F(InstallLinkObserverTest, AreUnseenWhileDescriptorsAreUsedUp) {
  link("/etc/u/a.target.wants/x.service");
  EXPECT_THAT(links("x.service"), ElementsAre("/etc/u/a.target.wants/x.service"));
  {
    const testing::OpenFiles none(testing::lowest_free_descriptor());
    observer_.look_again();
    ASSERT_TRUE(unseen_);
    EXPECT_EQ(unseen_->reason, "resources");
  }
  ASSERT_TRUE(loop_.run_until([this] { return !unseen_; }, 10s));
  EXPECT_EQ(links_.at("x.service").size(), 1U);
}

TEST_F(InstallLinkObserverTest, NoticesALinkAndReportsTheChange) {
  ASSERT_THAT(links("x.service"), IsEmpty());
  link("/etc/u/a.target.wants/x.service");
  ASSERT_TRUE(loop_.run_until([this] { return links_["x.service"].size() == 1; }, 5s));
  EXPECT_GT(changes_, 0);
  fs::remove(at("/etc/u/a.target.wants/x.service"));
  EXPECT_TRUE(loop_.run_until([this] { return links_["x.service"].empty(); }, 5s));
}
}  // namespace
}  // namespace checklist::observe
