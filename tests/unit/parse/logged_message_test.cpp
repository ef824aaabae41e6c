// SPDX-License-Identifier: MIT
#include "parse/logged_message.hpp"

#include <gmock/gmock.h>

namespace checklist::parse {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Units = std::set<std::string>;

const std::string x = "x.service";
constexpr std::uint32_t dev = 1000;

Units of_system(const JournalFields& fields) {
  return logged_message(fields, std::nullopt).units;
}

Units of_user(const JournalFields& fields) {
  return logged_message(fields, dev).units;
}

TEST(LoggedMessage, IsOfTheUnitThatSaidItOrThatItIsAbout) {
  EXPECT_THAT(of_system({{"_SYSTEMD_UNIT", x}}), ElementsAre(x));
  EXPECT_THAT(of_system({{"_PID", "1"}, {"UNIT", x}}), ElementsAre(x));
  EXPECT_THAT(of_system({{"_UID", "0"}, {"OBJECT_SYSTEMD_UNIT", x}}), ElementsAre(x));
  EXPECT_THAT(
      of_system(
          {{"_UID", "0"}, {"MESSAGE_ID", std::string(message::coredump)}, {"COREDUMP_UNIT", x}}),
      ElementsAre(x));
  EXPECT_THAT(of_system({{"_SYSTEMD_UNIT", x}, {"_SYSTEMD_SLICE", "system.slice"}}),
              ElementsAre("system.slice", x));
  EXPECT_THAT(of_system({{"_PID", "1"}, {"_SYSTEMD_UNIT", "init.scope"}, {"UNIT", x}}),
              ElementsAre("init.scope", x));
}

TEST(LoggedMessage, IsOfEveryUnitThatItNames) {
  EXPECT_THAT(of_system({{"_PID", "1"}, {"UNIT", x}, {"UNIT", "y.service"}}),
              ElementsAre(x, "y.service"));
  EXPECT_THAT(of_user({{"_UID", "1000"}, {"USER_UNIT", x}, {"USER_UNIT", "y.service"}}),
              ElementsAre(x, "y.service"));
}

TEST(LoggedMessage, NobodyElseSpeaksForAUnit) {
  EXPECT_THAT(of_system({{"_PID", "4711"}, {"UNIT", x}}), IsEmpty());
  EXPECT_THAT(of_system({{"_UID", "1000"}, {"OBJECT_SYSTEMD_UNIT", x}}), IsEmpty());
  EXPECT_THAT(
      of_system(
          {{"_UID", "1000"}, {"MESSAGE_ID", std::string(message::coredump)}, {"COREDUMP_UNIT", x}}),
      IsEmpty());
  EXPECT_THAT(of_system({{"_UID", "0"}, {"COREDUMP_UNIT", x}}), IsEmpty());
  EXPECT_THAT(of_system({{"_SYSTEMD_USER_UNIT", x}, {"_UID", "1000"}}), IsEmpty());
}

TEST(LoggedMessage, OfAUsersUnitIsTheUsersOwn) {
  EXPECT_THAT(of_user({{"_UID", "1000"}, {"_SYSTEMD_USER_UNIT", x}}), ElementsAre(x));
  EXPECT_THAT(of_user({{"_UID", "1000"}, {"USER_UNIT", x}}), ElementsAre(x));
  EXPECT_THAT(of_user({{"_UID", "0"}, {"COREDUMP_USER_UNIT", x}, {"COREDUMP_UID", "1000"}}),
              ElementsAre(x));
  EXPECT_THAT(of_user({{"_UID", "0"}, {"OBJECT_SYSTEMD_USER_UNIT", x}}), ElementsAre(x));
  EXPECT_THAT(of_user({{"_UID", "1001"}, {"_SYSTEMD_USER_UNIT", x}}), IsEmpty());
  EXPECT_THAT(of_user({{"_UID", "1001"}, {"USER_UNIT", x}}), IsEmpty());
  EXPECT_THAT(of_user({{"_UID", "0"}, {"COREDUMP_USER_UNIT", x}, {"COREDUMP_UID", "1001"}}),
              IsEmpty());
  EXPECT_THAT(of_user({{"_UID", "0"}, {"OBJECT_SYSTEMD_USER_UNIT", x}, {"OBJECT_UID", "1001"}}),
              IsEmpty());
  EXPECT_THAT(of_user({{"_SYSTEMD_UNIT", x}, {"_UID", "0"}}), IsEmpty());
}

TEST(LoggedMessage, HasThePriorityThatItsSenderGave) {
  for (const auto& [priority, name] : names<Priority>) {
    const std::string digit = std::to_string(static_cast<int>(priority));
    EXPECT_EQ(logged_message({{"PRIORITY", digit}}, {}).priority, priority) << name;
  }
  for (const char* bad : {"", "8", "-1", "33", "err"}) {
    EXPECT_FALSE(logged_message({{"PRIORITY", bad}}, {}).priority) << bad;
  }
  EXPECT_FALSE(logged_message({}, {}).priority);
}

TEST(LoggedMessage, TellsOfSuppressionIfJournaldSaysSo) {
  JournalFields fields{{"MESSAGE_ID", std::string(message::suppressed)},
                       {"_TRANSPORT", "driver"},
                       {"MESSAGE", "Suppressed 12 messages from x.service"}};
  EXPECT_TRUE(logged_message(fields, {}).is_suppression);
  EXPECT_THAT(of_system(fields), ElementsAre(x));
  fields.find("MESSAGE")->second = "Suppressed 12 messages from /system.slice/x.service";
  EXPECT_THAT(of_system(fields), ElementsAre(x));
  fields.find("_TRANSPORT")->second = "journal";  // anybody
  EXPECT_FALSE(logged_message(fields, {}).is_suppression);
  EXPECT_THAT(of_system(fields), IsEmpty());
}

TEST(LoggedMessage, TellsOfAFailureByItsMessageId) {
  EXPECT_TRUE(
      logged_message({{"MESSAGE_ID", std::string(message::failure_result)}}, {}).is_failure);
  EXPECT_FALSE(
      logged_message({{"MESSAGE", "x.service: Failed with result 'exit-code'."}}, {}).is_failure);
}

TEST(LoggedMessage, IsAFailureIfItTellsTheEndOfARunOrStart) {
  const auto is_failure = [](std::string_view id, const std::string& result = "") {
    return logged_message({{"MESSAGE_ID", std::string(id)}, {"JOB_RESULT", result}}, {}).is_failure;
  };
  EXPECT_TRUE(is_failure(message::failure_result));
  EXPECT_TRUE(is_failure(message::spawn_failed));
  EXPECT_FALSE(
      logged_message({{"MESSAGE_ID", std::string(message::spawn_failed)},
                      {"PRIORITY", "6"},
                      {"MESSAGE", "x.service: Executable /sbin/modprobe missing, skipping"}},
                     {})
          .is_failure);
  EXPECT_TRUE(is_failure(message::failed, "failed"));
  EXPECT_FALSE(is_failure(message::failed, "dependency"));
  EXPECT_FALSE(is_failure(message::coredump));
}
}  // namespace
}  // namespace checklist::parse
