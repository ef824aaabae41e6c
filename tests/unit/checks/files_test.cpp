// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "checklist/check.hpp"

#include "support/start_world.hpp"
#include "support/verdict.hpp"

namespace checklist::checks {
extern const CheckDef files;

namespace {
using namespace std::chrono_literals;
using namespace checklist::testing;

const std::string key = "/run/keys/token";
const Accounts accounts{
    .users = {{"root", {.uid = 0, .gid = 0, .home = "/root", .shell = "/bin/sh"}},
              {"x", {.uid = 990, .gid = 990, .home = "/", .shell = ""}}},
    .groups = {{"root", {.gid = 0}}, {"x", {.gid = 990}}}};
constexpr WallTime epoch{1'000'000h};  // when the host was booted

FileStatus a_file(std::uint32_t mode = 0600) {
  FileStatus out;
  out.type = "regular";
  out.mode = mode;
  out.size = 24;
  out.modified = epoch;
  return out;
}

World world_with(const Observed<FileStatus>& file) {
  World world = a_world("x.service");
  world.with(FileKey{key}, file).with(AccountsKey{}, accounts).with(WallClockKey{}, epoch).at(1h);
  return world;
}

Dict rules(Dict given) {
  return {{key, Value{std::move(given)}}};
}

Value text_of(std::string words) {
  return Value{std::move(words)};
}

std::string verdict_on(const Observed<FileStatus>& file, Dict given) {
  World world = world_with(file);
  return verdict(files, world, rules(std::move(given)));
}

TEST(Files, PassWhenAllIsAsDeclared) {
  EXPECT_EQ(verdict_on(a_file(), {{"type", text_of("file")},
                                  {"mode", text_of("0600")},
                                  {"owner", text_of("root")},
                                  {"group", text_of("root")},
                                  {"max_age", text_of("1d")},
                                  {"non_empty", Value{true}}}),
            "pass");
}

TEST(Files, AskOnlyForWhatARuleNeeds) {
  World world = world_with(a_file());
  EXPECT_EQ(verdict(files, world, rules({{"mode", text_of("600")}})), "pass");
  EXPECT_FALSE(world.asked_for(AccountsKey{}));
  EXPECT_FALSE(world.asked_for(WallClockKey{}));
}

TEST(Files, FailWithoutTheFile) {
  FileStatus none;
  none.type = "missing";
  EXPECT_EQ(verdict_on(none, {}), "fail missing");
}

TEST(Files, FailForAnotherMode) {
  EXPECT_EQ(verdict_on(a_file(0644), {{"mode", text_of("0600")}}), "fail mode");
  EXPECT_EQ(verdict_on(a_file(04600), {{"mode", text_of("0600")}}), "fail mode");
  EXPECT_EQ(verdict_on(a_file(0400), {{"mode", text_of("0600")}}), "fail mode");
}

TEST(Files, TellTheModeToGiveBack) {
  World world = world_with(a_file(0644));
  EXPECT_EQ(worst_finding(files, world, rules({{"mode", text_of("600")}})).hint,
            "run `chmod 0600 /run/keys/token`");
}

TEST(Files, FailForAnotherOwnerOrGroup) {
  FileStatus file = a_file();
  file.uid = file.gid = 990;
  EXPECT_EQ(verdict_on(file, {{"owner", text_of("root")}}), "fail owner");
  EXPECT_EQ(verdict_on(file, {{"group", text_of("0")}}), "fail group");
  EXPECT_EQ(verdict_on(file, {{"owner", text_of("x")}, {"group", text_of("990")}}), "pass");
}

TEST(Files, FailWhereTheGroupWasRenamed) {
  EXPECT_EQ(verdict_on(a_file(), {{"group", text_of("keys")}}), "fail group");
}

TEST(Files, AreUnknownWhereNeitherNameNorNumberIsTheHosts) {
  FileStatus file = a_file();
  file.uid = 61234;
  EXPECT_EQ(verdict_on(file, {{"owner", text_of("dynamic")}}), "unknown no_account");
}

TEST(Files, FailForAnEmptyFile) {
  FileStatus file = a_file();
  file.size = 0;
  EXPECT_EQ(verdict_on(file, {{"non_empty", Value{true}}}), "fail empty");
  EXPECT_EQ(verdict_on(file, {}), "pass");
}

TEST(Files, FailWhenTheyGrowOldAndAreWokenThen) {
  World world = world_with(a_file());
  const Dict daily = rules({{"max_age", text_of("1d")}});
  EXPECT_EQ(verdict(files, world.at(23h), daily), "pass");
  EXPECT_EQ(world.wake_at(), TimePoint{24h});
  EXPECT_EQ(verdict(files, world.at(24h), daily), "fail old");
}

TEST(Files, FailForACertificateThatExpiresSoon) {
  const Dict days{{"certificate_days", Value{std::uint64_t{14}}}};
  const auto on_certificate = [&days](const Observed<WallTime>& expiry) {
    World world = world_with(a_file(0644));
    world.with(CertificateKey{key}, expiry);
    return verdict(files, world, rules(days));
  };
  EXPECT_EQ(on_certificate(epoch + 30 * 24h), "pass");
  EXPECT_EQ(on_certificate(epoch + 10 * 24h), "fail expires_soon");
  EXPECT_EQ(on_certificate(Unseen{"permission", "access denied", ""}), "unknown permission");
}

TEST(Files, FailForALinkInTheFilesPlace) {
  FileStatus link = a_file(0777);
  link.type = "symlink";
  link.target = "/etc/shadow";
  EXPECT_EQ(verdict_on(link, {{"type", text_of("file")}}), "fail type");
}

TEST(Files, AreJudgedWhereALinkLeadsWithoutAType) {
  FileStatus link = a_file(0777);
  link.type = "symlink";
  link.target = "/models/a.gguf";
  World world = world_with(link);
  world.with(FileKey{"/models/a.gguf"}, a_file(0644));
  EXPECT_EQ(verdict(files, world, rules({{"mode", text_of("0644")}})), "pass");
  EXPECT_EQ(verdict(files, world, rules({{"mode", text_of("0600")}})), "fail mode");
}

TEST(Files, FailForALinkThatLeadsNowhere) {
  FileStatus link = a_file(0777);
  link.type = "symlink";
  EXPECT_EQ(verdict_on(link, {}), "fail dangling");
  link.target = key;  // to itself
  EXPECT_EQ(verdict_on(link, {}), "fail dangling");
}

TEST(Files, AreUnknownWhereTheyCannotBeLookedAt) {
  EXPECT_EQ(verdict_on(Unseen{"permission", "access denied", "enable it"}, {}),
            "unknown permission");
  World world = world_with(a_file());
  world.with(AccountsKey{}, Unseen{"permission", "access denied", ""});
  EXPECT_EQ(verdict(files, world, rules({{"owner", text_of("root")}})), "unknown permission");
}

TEST(Files, OfAGlobAreJudgedOneByOne) {
  const Dict keys{{"/run/keys/*", Value{Dict{{"mode", text_of("0600")}}}}};
  World world = world_with(a_file());
  world.with(GlobKey{"/run/keys/*"}, std::vector<std::string>{"/run/keys/other", key})
      .with(FileKey{"/run/keys/other"}, a_file());
  Findings findings = world.evaluate(files, keys);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "/run/keys/*");
  EXPECT_EQ(findings[0].status, Status::pass);
  world.with(FileKey{"/run/keys/other"}, a_file(0640));
  findings = world.evaluate(files, keys);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "/run/keys/other");
  EXPECT_EQ(findings[0].reason, "mode");
}

TEST(Files, FailWhereAGlobFindsNone) {
  World world = a_world("x.service");
  world.with(GlobKey{"/run/keys/*"}, std::vector<std::string>{});
  EXPECT_EQ(verdict(files, world, {{"/run/keys/*", Value{Dict{}}}}), "fail missing");
}

TEST(Files, TellEveryMistake) {
  const Dict wrong{{"relative", Value{Dict{}}},
                   {"/etc/../shadow", Value{Dict{}}},
                   {"/a", text_of("0600")},
                   {"/b", Value{Dict{{"mode", text_of("0680")}, {"modus", Value{true}}}}}};
  ConfigErrors errors;
  files.bind(wrong, "/checks/files", errors);
  std::vector<std::string> places;
  std::ranges::transform(errors, std::back_inserter(places), &ConfigError::pointer);
  EXPECT_THAT(places, ::testing::UnorderedElementsAre("/checks/files/relative",
                                                      "/checks/files/~1etc~1..~1shadow",
                                                      "/checks/files/~1a", "/checks/files/~1b/mode",
                                                      "/checks/files/~1b/modus"));
}

TEST(Files, CaptureWhatTheUnitNames) {
  World world = world_with(a_file());
  world
      .property("EnvironmentFiles",
                Value{Values{Value{Values{Value{std::string("/etc/default/x")}, Value{true}}}}})
      .property("LoadCredential", Value{Values{Value{texts({"token", key})}}})
      .with(FileKey{"/etc/default/x"}, a_file(0644));
  const Dict captured = world.capture(files);
  EXPECT_EQ(captured.at(key), (Value{Dict{{"type", text_of("file")},
                                          {"mode", text_of("0600")},
                                          {"owner", text_of("root")},
                                          {"group", text_of("root")},
                                          {"non_empty", Value{true}}}}));
  EXPECT_TRUE(captured.contains("/etc/default/x"));
  EXPECT_EQ(verdict(files, world, captured), "pass");
}

TEST(Files, CaptureWhatTheCommandNames) {
  World world = world_with(a_file());
  FileStatus directory = a_file();
  directory.type = "directory";
  FileStatus missing_file;
  missing_file.type = "missing";
  const std::string program = "/usr/bin/x";
  world
      .property("ExecStart", Value{Values{Value{Values{
                                 Value{program},
                                 Value{texts({program, "--config=/etc/x.conf", "/var/lib/x/model",
                                              "/var/lib/x", "/run/x.pid", "/gone", "a/b"})},
                                 Value{false}}}}})
      .with(FileKey{"/etc/x.conf"}, a_file(0640))
      .with(FileKey{"/var/lib/x/model"}, a_file(0644))
      .with(FileKey{"/var/lib/x"}, directory)
      .with(FileKey{"/gone"}, missing_file);
  const Dict captured = world.capture(files);
  EXPECT_EQ(captured.size(), 2U);
  EXPECT_TRUE(captured.contains("/etc/x.conf"));
  EXPECT_TRUE(captured.contains("/var/lib/x/model"));
}

TEST(Files, AreReadableByTheUnitsProcessesIfTheyMustBe) {
  World world = a_start_world();
  FileStatus file = a_file(0644);
  const std::string model = "/srv/model";
  world.with(FileKey{model}, file).with(NodeKey{model}, a_regular_file(0640));
  const auto verdict_with = [&](bool readable) {
    return verdict(files, world, Dict{{model, Value{Dict{{"readable", Value{readable}}}}}});
  };
  EXPECT_EQ(verdict_with(false), "pass");
  EXPECT_EQ(verdict_with(true), "fail unreadable");
  world.with(NodeKey{model}, a_regular_file(0644));
  EXPECT_EQ(verdict_with(true), "pass");
}

TEST(Files, AreLookedAtAgainBeforeTheyFail) {
  const TimePoint turned{testing::entered};
  World world = testing::a_service_in(ActiveState::active, "running");
  world.with(FileKey{key}, FileStatus{.type = "missing", .target = {}});
  EXPECT_FALSE(world.evaluate(files, rules({})).empty());
  EXPECT_TRUE(world.pending());
  world.with(LookSinceKey{key, turned}, Unseen{"stale", "not looked at again", "start it"});
  EXPECT_EQ(verdict(files, world, rules({})), "unknown stale");
  world.with(LookSinceKey{key, turned}, true);
  EXPECT_EQ(verdict(files, world, rules({})), "fail missing");
}

TEST(Files, MayBeWrittenByAUnitThatStarts) {
  World world = testing::a_oneshot_in(ActiveState::activating, "start");
  world.with(GlobKey{"/run/keys/*"}, std::vector<std::string>{}).at(testing::entered + 10s);
  EXPECT_EQ(verdict(files, world, {{"/run/keys/*", Value{Dict{}}}}), "unknown starting");
}
}  // namespace
}  // namespace checklist::checks
