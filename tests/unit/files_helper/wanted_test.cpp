// SPDX-License-Identifier: MIT
#include "files_helper/wanted.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::files {
namespace {
namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class WantedTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "what is root's needs root";
    }
    for (const char* directory : {"usr", "etc"}) {
      fs::create_directory(root_.path() / directory);
    }
  }

  void write(const std::string& file, const std::string& text) {
    std::ofstream(root_.path() / file) << text;
  }

  Wanted read() {
    return wanted({(root_.path() / "usr").string(), (root_.path() / "etc").string(),
                   (root_.path() / "checklistd.json").string()});
  }

  testing::TemporaryDirectory root_;
};

TEST_F(WantedTest, AreThePathsThatSpecsName) {
  write("usr/a.json", R"({"unit": "a.service", "checks": {"files": {"/a": {}, "/a/*": {}}}})");
  write("usr/b.json", R"({"unit": "b.service", "checks": {"files": {"/b": {}}}})");
  write("checklistd.json", R"({"defaults": {"files": {"/all": {}}}})");
  EXPECT_THAT(read().patterns, ElementsAre("/a", "/a/*", "/all", "/b"));
  EXPECT_THAT(read().notes, IsEmpty());
}

TEST_F(WantedTest, AreUnixSocketsThatSpecsDeclare) {
  write("usr/a.json", R"({"checks": {"port_bindings": {"listen": [
                          "tcp:*:80", "unix:/run/a/a.sock", "unix:@a", "unix:/run/../a", 1]}}})");
  EXPECT_THAT(read().patterns, ElementsAre("/run/a/a.sock"));
}

TEST_F(WantedTest, AreThoseOfTheLaterDirectory) {
  write("usr/a.json", R"({"checks": {"files": {"/a": {}}}})");
  write("etc/a.json", R"({"checks": {"files": {"/other": {}}}})");
  EXPECT_THAT(read().patterns, ElementsAre("/other"));
}

TEST_F(WantedTest, AreNoneWhereNothingIsSaid) {
  write("usr/a.json", R"({"checks": {"files": false}})");
  write("usr/b.json", R"({"checks": []})");
  write("usr/c.json", "[]");
  write("usr/d.json", "{");
  EXPECT_THAT(read().patterns, IsEmpty());
}

TEST_F(WantedTest, LeaveOutWhatIsNoPlainPath) {
  write("usr/a.json", R"({"checks": {"files": {"relative": {}, "/etc/../root": {}, "/ok": {}}}})");
  EXPECT_THAT(read().patterns, ElementsAre("/ok"));
}

TEST_F(WantedTest, AreNotTakenFromAFileOfAnother) {
  write("usr/a.json", R"({"checks": {"files": {"/root/.ssh": {}}}})");
  ASSERT_EQ(::chown((root_.path() / "usr/a.json").c_str(), 65534, 65534), 0);
  EXPECT_THAT(read().patterns, IsEmpty());
  EXPECT_THAT(read().notes, ElementsAre(HasSubstr("users other than root can write it")));
}

TEST_F(WantedTest, AreNotTakenFromADirectoryThatOthersCanWrite) {
  write("usr/a.json", R"({"checks": {"files": {"/root/.ssh": {}}}})");
  fs::permissions(root_.path() / "usr", fs::perms(0777));
  EXPECT_THAT(read().patterns, IsEmpty());
}

TEST_F(WantedTest, AreTheUnitsOfSpecsThatAreNoUsers) {
  write("usr/a.json", R"({"unit": "a.service"})");
  write("usr/b.json", R"({"unit": "b.service", "user": "dev"})");
  write("usr/c.json", R"({"unit": "../c.service"})");
  write("checklistd.json", R"({"unit": 5})");
  EXPECT_THAT(read().units, ElementsAre("a.service"));
}

TEST_F(WantedTest, AreTheTestsOfConfigurations) {
  const std::string test = R"("checks": {"unit_definition": {"config_test": ["/bin/xd", "-t"]}}})";
  write("usr/a.json", R"({"unit": "a.service", )" + test);
  write("usr/b.json", R"({"unit": "b.service", "user": "dev", )" + test);
  write("usr/c.json",
        R"({"unit": "c.service", "checks": {"unit_definition": {"config_test": ["xd"]}}})");
  write("usr/d.json", R"({"unit": "d.service", )" + test);
  ASSERT_EQ(::chown((root_.path() / "usr/d.json").c_str(), 65534, 65534), 0);
  const std::map<std::string, semantics::TestCommand> expected{{"a.service", {{"/bin/xd", "-t"}}}};
  EXPECT_EQ(read().config_tests, expected);
}

TEST_F(WantedTest, AreUnitsByTheNamesThatLinksLeadTo) {
  fs::create_symlink("/lib/systemd/system/ssh.service", root_.path() / "usr/sshd.service");
  fs::create_symlink("/dev/null", root_.path() / "etc/masked.service");
  const std::vector<std::string> directories{(root_.path() / "etc").string(),
                                             (root_.path() / "usr").string()};
  EXPECT_THAT(names_of_unit("sshd.service", directories),
              ElementsAre("ssh.service", "sshd.service"));
  EXPECT_THAT(names_of_unit("masked.service", directories), ElementsAre("masked.service"));
}
}  // namespace
}  // namespace checklist::files
