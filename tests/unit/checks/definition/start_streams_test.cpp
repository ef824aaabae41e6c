// SPDX-License-Identifier: MIT
#include "checks/definition/start_streams.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_directory;
using testing::a_start_world;
using testing::texts;
using testing::World;

class StartStreamsTest : public ::testing::Test {
 protected:
  std::string verdict() {
    View see = world_.view();
    FactReader look(see);
    const auto start = start_context(look);
    const Findings all = unusable_streams(start, made_directories(look), see);
    subject_ = all.empty() ? "" : all[0].subject;
    observed_ = all.empty() ? "" : all[0].observed;
    return all.empty() ? "" : std::string(text(all[0].status)) + " " + all[0].reason;
  }

  void has(const std::string& directive, const std::string& value) {
    world_.text(directive, value.substr(0, value.find(':')))
        .with(UnitFileKey{"/x.service"}, UnitFile{.exists = true,
                                                  .directives = {{"Service", directive, "journal"},
                                                                 {"Service", directive, value}}});
  }

  World world_ = a_start_world()
                     .text("FragmentPath", "/x.service")
                     .with(UnitFileKey{"/x.service"}, UnitFile{.exists = true, .directives = {}})
                     .with(NodeKey{"/srv/none"}, Node{})
                     .with(NodeKey{"/srv/log"}, Node{});
  std::string subject_;
  std::string observed_;
};

TEST_F(StartStreamsTest, OfOutputNeedADirectory) {
  for (const char* directive : {"StandardOutput", "StandardError"}) {
    for (const char* kind : {"append", "file", "truncate"}) {
      has(directive, std::string(kind) + ":/srv/log");
      EXPECT_EQ(verdict(), "") << directive << kind;
      has(directive, std::string(kind) + ":/srv/none/log");
      EXPECT_EQ(verdict(), "fail start_file_missing") << directive << kind;
    }
    world_.text(directive, "journal");
  }
}

TEST_F(StartStreamsTest, OfOutputAreNoDirectories) {
  world_.with(NodeKey{"/srv/log"}, a_directory());
  has("StandardOutput", "append:/srv/log");
  EXPECT_EQ(verdict(), "fail in_the_way");
}

TEST_F(StartStreamsTest, MayBeADanglingLinkIntoADirectory) {
  world_.with(NodeKey{"/srv/log"}, testing::a_link("/srv/new")).with(NodeKey{"/srv/new"}, Node{});
  has("StandardOutput", "append:/srv/log");
  EXPECT_EQ(verdict(), "");
}

TEST_F(StartStreamsTest, CreateFiles) {
  const auto created = [this] {
    View see = world_.view();
    FactReader look(see);
    return created_by_streams(start_context(look), look);
  };
  has("StandardOutput", "append:/srv/log");
  EXPECT_EQ(created(), CreatedFiles{"/srv/log"});
  world_.with(NodeKey{"/srv/log"}, testing::a_link("/srv/new")).with(NodeKey{"/srv/new"}, Node{});
  EXPECT_EQ(created(), CreatedFiles{"/srv/new"});
  world_.with(NodeKey{"/srv/new"}, testing::a_regular_file());
  EXPECT_EQ(created(), CreatedFiles{});
  has("StandardOutput", "append:/srv/none/log");
  EXPECT_EQ(created(), CreatedFiles{});
}

TEST_F(StartStreamsTest, OfInputMustBeThere) {
  has("StandardInput", "file:/srv/none");
  EXPECT_EQ(verdict(), "fail start_file_missing");
}

TEST_F(StartStreamsTest, AreOpenedBeforeTheStartMakesDirectories) {
  for (const char* path : {"/var", "/var/log", "/var/log/x"}) {
    world_.with(NodeKey{path}, Node{});
  }
  world_.property("LogsDirectory", texts({"x"}));
  has("StandardOutput", "append:/var/log/x/log");
  EXPECT_EQ(verdict(), "fail start_file_missing");
  EXPECT_EQ(observed_,
            "/var/log/x is missing: the next start fails, because systemd opens StandardOutput= "
            "before it makes LogsDirectory=");
}

TEST_F(StartStreamsTest, KnowTheSpecifiersOfTheName) {
  has("StandardOutput", "append:/srv/none/%N-%p-%%%i.log");
  EXPECT_EQ(verdict(), "fail start_file_missing");
  EXPECT_EQ(subject_, "/srv/none/x-x-%.log");
  has("StandardOutput", "append:/srv/none/%H.log");
  EXPECT_EQ(verdict(), "unknown specifier");
}

TEST_F(StartStreamsTest, AreNotJudgedByFilesThatAreNotLoaded) {
  has("StandardOutput", "journal");
  world_.text("StandardOutput", "append");
  EXPECT_EQ(verdict(), "");
}

TEST_F(StartStreamsTest, AreUnknownWhereTheUnitFileCannotBeRead) {
  has("StandardOutput", "append:/srv/none/log");
  world_.with(UnitFileKey{"/x.service"}, Unseen{"permission", "denied", ""});
  EXPECT_EQ(verdict(), "unknown permission");
}

TEST_F(StartStreamsTest, MayBeATerminal) {
  Node terminal;
  terminal.type = NodeType::character;
  terminal.major = 4;
  world_.with(NodeKey{"/dev"}, a_directory()).with(NodeKey{"/dev/tty9"}, terminal);
  world_.text("StandardInput", "tty").text("TTYPath", "/dev/tty9");
  EXPECT_EQ(verdict(), "");
  terminal.major = 1;
  world_.with(NodeKey{"/dev/tty9"}, terminal);
  EXPECT_EQ(verdict(), "fail in_the_way");
  world_.text("TTYPath", "").with(NodeKey{"/dev/console"}, Node{});
  EXPECT_EQ(verdict(), "fail start_file_missing");
  world_.text("StandardInput", "null").text("StandardOutput", "null");
  EXPECT_EQ(verdict(), "");
}

TEST_F(StartStreamsTest, AreInherited) {
  world_.text("StandardInput", "socket")
      .text("StandardOutput", "inherit")
      .property("TriggeredBy", texts({"x.socket"}));
  EXPECT_EQ(verdict(), "");
  world_.property("TriggeredBy", texts({"x.timer"}));
  EXPECT_EQ(verdict(), "fail no_socket");
  EXPECT_EQ(subject_, "StandardInput=");
}

TEST_F(StartStreamsTest, NeedTheDeviceThatTheUnitMayOpen) {
  world_.text("StandardInput", "null").text("DevicePolicy", "strict");
  for (const char* slice : {"system.slice", "-.slice"}) {
    world_.with(PropertyKey{slice, "DevicePolicy"}, Value{std::string("auto")})
        .with(PropertyKey{slice, "DeviceAllow"}, Value{Values{}});
  }
  EXPECT_EQ(verdict(), "fail closed");
  world_.text("DevicePolicy", "closed");
  EXPECT_EQ(verdict(), "");
}

TEST_F(StartStreamsTest, AreWrittenToAFileSystemThatPermitsIt) {
  world_.with(MountsKey{1}, std::vector<Mount>{{"/", "/", "ext4", "", {"ro"}}});
  has("StandardOutput", "append:/srv/log");
  EXPECT_EQ(verdict(), "fail read_only");
  world_.with(NodeKey{"/srv/log"}, testing::a_regular_file());
  EXPECT_EQ(verdict(), "fail read_only");
  has("StandardOutput", "journal");
  has("StandardInput", "file:/srv/log");
  EXPECT_EQ(verdict(), "");
}

TEST_F(StartStreamsTest, MayWaitForAnotherProgram) {
  Node pipe;
  pipe.type = NodeType::other;
  world_.with(NodeKey{"/srv/log"}, pipe);
  has("StandardOutput", "append:/srv/log");
  EXPECT_EQ(verdict(), "unknown other_side");
}
}  // namespace
}  // namespace checklist::checks
