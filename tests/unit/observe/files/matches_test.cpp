// SPDX-License-Identifier: MIT
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "observe/files/file_status.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MatchesTest : public ::testing::Test {
 protected:
  MatchesTest() {
    for (const char* directory : {"/a", "/b", "/.hidden"}) {
      fs::create_directory(at(directory));
      std::ofstream(at(std::string(directory) + "/x.key")) << "x";
    }
    std::ofstream(at("/a/.y.key")) << "y";
  }

  [[nodiscard]] std::string at(const std::string& path) const {
    return root_.path().string() + path;
  }

  std::vector<std::string> found(const std::string& pattern, Links links = Links::follow) {
    const Matches matches = matches_of(root_.path(), pattern, links);
    return matches.paths ? *matches.paths : std::vector<std::string>{matches.paths.unseen().reason};
  }

  testing::TemporaryDirectory root_;
};

TEST_F(MatchesTest, AreWhatTheShellWouldFind) {
  EXPECT_THAT(found("/*/x.key"), ElementsAre("/a/x.key", "/b/x.key"));
  EXPECT_THAT(found("/a/*"), ElementsAre("/a/x.key"));
  EXPECT_THAT(found("/a/.*"), ElementsAre("/a/.y.key"));
  EXPECT_THAT(found("/[b-z]/?.key"), ElementsAre("/b/x.key"));
  EXPECT_THAT(found("/a/x.key/*"), IsEmpty());
  EXPECT_THAT(found("/c/*"), IsEmpty());
}

TEST_F(MatchesTest, FindDanglingLinks) {
  fs::create_symlink("nowhere", at("/a/z"));
  EXPECT_THAT(found("/a/z*"), ElementsAre("/a/z"));
}

TEST_F(MatchesTest, TellWhereItWasLooked) {
  const auto directories = matches_of(root_.path(), "/*/x.key").directories;
  for (const char* directory : {"/", "/a", "/b"}) {
    EXPECT_THAT(directories, Contains(directory));
  }
}

TEST_F(MatchesTest, FollowLinksOrRefuseThem) {
  fs::create_directory_symlink(at("/a"), at("/link"));
  EXPECT_THAT(found("/*/x.key"), ElementsAre("/a/x.key", "/b/x.key", "/link/x.key"));
  EXPECT_THAT(found("/*/x.key", Links::refuse), ElementsAre("/a/x.key", "/b/x.key"));
  EXPECT_THAT(found("/link/*.key"), ElementsAre("/link/x.key"));
  EXPECT_THAT(found("/link/*.key", Links::refuse), ElementsAre("link"));
}

TEST_F(MatchesTest, AreUnseenWhereThereAreTooMany) {
  for (std::size_t i = 0; i <= most_matches; ++i) {
    std::ofstream(at("/b/" + std::to_string(i)));
  }
  EXPECT_THAT(found("/b/*"), ElementsAre("unsupported"));
}

TEST_F(MatchesTest, OfALinkSayWhatItSays) {
  fs::create_symlink("x.key", at("/a/link"));
  const auto seen = file_status(root_.path(), "/a/link");
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->link, "x.key");
  EXPECT_EQ(seen->target, fs::canonical(at("/a/x.key")).string());
  const auto refused = file_status(root_.path(), "/a/link", Links::refuse);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->target, "/a/x.key");
}

TEST_F(MatchesTest, OfAFileBehindALinkAreUnseenToWhoRefusesLinks) {
  fs::create_directory_symlink(at("/a"), at("/link"));
  EXPECT_TRUE(file_status(root_.path(), "/link/x.key"));
  const auto refused = file_status(root_.path(), "/link/x.key", Links::refuse);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.unseen().reason, "link");
}
}  // namespace
}  // namespace checklist::observe
