// SPDX-License-Identifier: MIT
#include "daemon/options.hpp"

#include <vector>

#include <gmock/gmock.h>

#include "config/configuration.hpp"

namespace checklist::daemon {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Options parsed(std::vector<std::string> words) {
  words.insert(words.begin(), "checklistd");
  std::vector<char*> arguments;
  for (std::string& word : words) {
    arguments.push_back(word.data());
  }
  return parse_options(static_cast<int>(arguments.size()), arguments.data());
}

TEST(Options, ADirectoryOfSpecsThatIsNamedMustExist) {
  const Options options = parsed({"--check-config", "--services-dir", "/nowhere"});
  const auto problems = config::load(options.locations).problems;
  ASSERT_THAT(problems, ::testing::SizeIs(1));
  EXPECT_EQ(config::text(problems.front()), "/nowhere: No such directory");
}

TEST(Options, TheDefaultDirectoriesMayBeMissing) {
  EXPECT_FALSE(parsed({}).locations.directories_required);
}

TEST(Options, DirectoriesThatAreNamedReplaceTheDefaultOnes) {
  const config::Locations locations =
      parsed({"--services-dir", "/a", "--services-dir", "/b"}).locations;
  EXPECT_THAT(locations.directories, ElementsAre("/a", "/b"));
  EXPECT_THAT(locations.user_directories, IsEmpty());
}

TEST(Options, AnEmptyWebConfigFileReplacesThatOfTheConfiguration) {
  EXPECT_EQ(parsed({}).web_file, std::nullopt);
  EXPECT_EQ(parsed({"--web.config.file", ""}).web_file, "");
  EXPECT_EQ(parsed({"--web.config.file=/etc/web.yml"}).web_file, "/etc/web.yml");
}
}  // namespace
}  // namespace checklist::daemon
