// SPDX-License-Identifier: MIT
#include <sys/stat.h>
#include <unistd.h>

#include "config/fixture.hpp"

namespace checklist::config {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace fs = std::filesystem;

class SpecFiles : public Files {};

TEST_F(SpecFiles, AreOnlyTheJsonFilesThatSomebodyFinished) {
  for (const char* name : {".hidden.json", "x.json~", "x.json.dpkg-old", "README", "x.JSON"}) {
    write(std::string("etc/") + name, "no JSON");
  }
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(SpecFiles, ThatCannotBeReadAreProblems) {
  fs::create_directory(root_ / "etc/dir.json");
  fs::create_symlink(root_ / "nowhere", root_ / "etc/gone.json");
  fs::create_symlink("round.json", root_ / "etc/round.json");
  write("etc/huge.json", std::string((1 << 20) + 1, ' '));
  EXPECT_THAT(problems(),
              ElementsAre("etc/dir.json: is a directory, not a file",
                          "etc/gone.json: cannot be read: No such file or directory",
                          "etc/huge.json: is larger than 1 MiB",
                          "etc/round.json: cannot be read: Too many levels of symbolic links"));
}

TEST_F(SpecFiles, AFifoIsRefusedAndNotWaitedFor) {
  ASSERT_EQ(mkfifo((root_ / "etc/pipe.json").c_str(), 0600), 0);
  EXPECT_THAT(problems(), ElementsAre("etc/pipe.json: is not a regular file"));
}

TEST_F(SpecFiles, NobodyMayReadAreProblems) {
  if (geteuid() == 0) {
    GTEST_SKIP() << "root reads everything";
  }
  write("etc/secret.json", R"({"unit": "x.service"})");
  fs::permissions(root_ / "etc/secret.json", fs::perms::none);
  fs::permissions(root_ / "usr", fs::perms::none);
  EXPECT_THAT(problems(), ElementsAre("usr: cannot be read: Permission denied",
                                      "etc/secret.json: cannot be read: Permission denied"));
  fs::permissions(root_ / "usr", fs::perms::owner_all);
}

TEST_F(SpecFiles, AFileInTheDirectorysPlaceIsAProblem) {
  fs::remove(root_ / "usr");
  write("usr", "");
  EXPECT_THAT(problems(), ElementsAre("usr: cannot be read: Not a directory"));
}

TEST_F(SpecFiles, MayBeLinksToFilesElsewhere) {
  write("elsewhere", R"({"unit": "x.service"})");
  fs::create_symlink(root_ / "elsewhere", root_ / "etc/x.json");
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_THAT(configuration().services, SizeIs(1));
}

TEST_F(SpecFiles, TheirNamesAreToldOnOneLine) {
  write("etc/a\nb\x1b[31m.json", "{");
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("etc/a\\x0ab\\x1b[31m.json:1:2: expected")));
}
}  // namespace
}  // namespace checklist::config
