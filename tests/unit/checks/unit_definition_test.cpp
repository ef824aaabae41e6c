// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "support/graph.hpp"
#include "support/start_world.hpp"
#include "support/unit_world.hpp"
#include "support/verdict.hpp"

namespace checklist::checks {
extern const CheckDef unit_definition;

namespace {
using namespace std::chrono_literals;
using testing::a_file;
using testing::a_service_in;
using testing::a_unit;
using testing::about;
using testing::texts;
using testing::World;

const std::string x = "x.service";
const std::string path = "/etc/systemd/system/x.service";
const std::string store = "/nix/store/1-unit-x.service/x.service";
const std::string drop_in = "/etc/systemd/system/x.service.d/a.conf";

DefinitionFile a_definition_file(const std::string& at, const std::string& target,
                                 std::uint64_t inode = 1) {
  return {.path = at, .target = target, .device = 1, .inode = inode, .modified = WallTime{1s}};
}

Value a_command(const std::string& program, bool may_fail = false, std::uint64_t pid = 0) {
  const Value zero{std::uint64_t{0}};
  return Value{Values{Value{program}, texts({program, "--password=secret"}), Value{may_fail}, zero,
                      zero, zero, zero, Value{pid}, Value{std::int64_t{0}},
                      Value{std::int64_t{0}}}};
}

// Process 7 runs since 10 min by a definition that is as old.
World a_defined_service() {
  World world = a_service_in(ActiveState::active, "running");
  const std::vector<DefinitionFile> files{a_definition_file(path, store),
                                          a_definition_file(drop_in, drop_in, 2)};
  testing::with_start_defaults(world)
      .with(DefinitionKey{x},
            Definition{.loaded = files, .on_disk = files, .changed = TimePoint{5min}})
      .with(IgnoredLinesKey{x}, std::vector<IgnoredLine>())
      .text("FragmentPath", path)
      .number("MainPID", 7)
      .number("ExecMainStartTimestampMonotonic", testing::usec(testing::entered))
      .property("ExecStart", Value{Values{a_command("/usr/bin/x")}})
      .with(FileKey{"/usr/bin/x"}, a_file("regular"));
  return world;
}

World& with_definition(World& world, const auto& change) {
  const std::vector<DefinitionFile> files{a_definition_file(path, store),
                                          a_definition_file(drop_in, drop_in, 2)};
  Definition definition{.loaded = files, .on_disk = files, .changed = TimePoint{5min}};
  change(definition);
  return world.with(DefinitionKey{x}, definition);
}

std::string verdict(World& world, const Dict& arguments = {}) {
  return testing::verdict(unit_definition, world, arguments);
}

Dict with(const std::string& key, Value value) {
  return {{key, std::move(value)}};
}

TEST(UnitDefinition, PassesWhereFilesProcessAndProgramAreAsLoaded) {
  World world = a_defined_service();
  EXPECT_EQ(verdict(world), "pass");
}

TEST(UnitDefinition, IsSkippedWhereNothingIsLoaded) {
  for (const auto load : {LoadState::not_found, LoadState::masked, LoadState::bad_setting}) {
    World world = a_defined_service();
    world.with(UnitKey{x}, a_unit(x, ActiveState::inactive, "dead", load));
    EXPECT_EQ(verdict(world), "skip not_loaded");
  }
}

TEST(UnitDefinition, FilesThatDifferFromWhatWasLoadedWantAReload) {
  const std::vector<std::pair<std::string, void (*)(Definition&)>> cases{
      {"link target changed, or file replaced",
       [](Definition& d) { d.on_disk[0].target = "/nix/2"; }},
      {"changed on disk", [](Definition& d) { d.on_disk[1].inode = 9; }},
      {"changed on disk", [](Definition& d) { d.on_disk[1].modified = WallTime{2s}; }},
      {"missing or masked", [](Definition& d) { d.on_disk[1] = a_definition_file(drop_in, ""); }},
      {"not loaded yet",
       [](Definition& d) { d.on_disk.push_back(a_definition_file("/b.conf", "/b.conf")); }},
      {"not loaded yet",
       [](Definition& d) { d.on_disk[0].path = "/run/systemd/system/x.service"; }}};
  for (const auto& [observed, change] : cases) {
    World world = a_defined_service();
    with_definition(world, change);
    const Finding worst = testing::worst_finding(unit_definition, world);
    EXPECT_EQ(worst.reason, "not_loaded") << observed;
    EXPECT_EQ(worst.observed, observed);
    EXPECT_EQ(worst.hint, "run `systemctl daemon-reload`");
  }
}

TEST(UnitDefinition, FailsForALineThatSystemdIgnored) {
  World world = a_defined_service();
  world.with(IgnoredLinesKey{x},
             std::vector<IgnoredLine>{{.file = path, .line = 3, .text = "ignoring"}});
  EXPECT_EQ(verdict(world), "fail ignored_line");
}

TEST(UnitDefinition, BelievesSystemdThatAReloadIsNeeded) {
  World world = a_defined_service();
  with_definition(world, [](Definition& d) { d.reload_needed = true; });
  EXPECT_EQ(verdict(world), "fail not_loaded");
}

TEST(UnitDefinition, WhatSetPropertyWroteIsNoNews) {
  World world = a_defined_service();
  with_definition(world, [](Definition& d) {
    d.reload_needed = true;
    const std::string set = "/etc/systemd/system.control/x.service.d/50-CPUWeight.conf";
    d.loaded.push_back(a_definition_file(set, set, 3));
    d.on_disk = d.loaded;
  });
  EXPECT_EQ(verdict(world), "pass");
}

TEST(UnitDefinition, AProcessOlderThanItsDefinitionWantsARestart) {
  World world = a_defined_service();
  with_definition(world, [](Definition& d) { d.changed = TimePoint{20min}; });
  EXPECT_EQ(verdict(world), "fail restart_needed");
  EXPECT_EQ(testing::worst_finding(unit_definition, world).hint,
            "run `systemctl restart x.service`");
}

TEST(UnitDefinition, WhoReloadsIsGivenTimeToRestart) {
  World world = a_defined_service();
  with_definition(world, [](Definition& d) { d.changed = TimePoint{20min}; });
  world.at(20min + 1s);
  EXPECT_EQ(verdict(world), "pass");
  EXPECT_EQ(world.wake_at(), TimePoint{20min + 5s});
}

TEST(UnitDefinition, WithoutAProcessThereIsNothingToRestart) {
  for (const auto active : {ActiveState::inactive, ActiveState::failed, ActiveState::activating}) {
    World world = a_defined_service();
    with_definition(world, [](Definition& d) { d.changed = TimePoint{20min}; });
    world.with(UnitKey{x}, a_unit(x, active, ""));
    EXPECT_EQ(verdict(world), "pass");
  }
  World world = a_defined_service();
  with_definition(world, [](Definition& d) { d.changed = TimePoint{20min}; });
  world.number("MainPID", 0).text("ControlGroup", "");
  EXPECT_EQ(verdict(world), "pass");
}

TEST(UnitDefinition, WithoutAMainProcessTheOldestOfTheCgroupIsJudged) {
  World world = a_defined_service();
  const MembersKey members{"/system.slice/x.service"};
  with_definition(world, [](Definition& d) { d.changed = TimePoint{20min}; });
  world.number("MainPID", 0)
      .number("ControlPID", 0)
      .text("ControlGroup", members.cgroup)
      .with(members, std::vector<Member>{{.pid = 8, .started = TimePoint{11min}, .cgroup = ""}});
  EXPECT_EQ(verdict(world), "fail restart_needed");
  world.with(members, std::vector<Member>{{.pid = 8, .started = TimePoint{21min}, .cgroup = ""}});
  EXPECT_EQ(verdict(world), "pass");
  world.with(members, Unseen{"unsupported", "no cgroups", ""});
  EXPECT_EQ(verdict(world), "unknown no_main_process");
}

TEST(UnitDefinition, AnUnseenChangeIsUnknownUnlessSystemdKnowsTheCommandOfTheProcess) {
  World world = a_defined_service();
  with_definition(world, [](Definition& d) { d.changed.reset(); });
  EXPECT_EQ(verdict(world), "unknown not_seen");
  world.property("ExecStart", Value{Values{a_command("/usr/bin/x", false, 7)}});
  EXPECT_EQ(verdict(world), "pass");
}

TEST(UnitDefinition, AProgramThatIsGoneIsNoticedBeforeTheNextStart) {
  World world = a_defined_service();
  world.with(NodeKey{"/usr/bin/x"}, Node{});
  EXPECT_EQ(verdict(world), "fail program_missing");
}

TEST(UnitDefinition, ARestartThatWouldFailIsNotAdvisedWithoutWhatToDoBefore) {
  World world = a_defined_service();
  with_definition(world, [](Definition& d) { d.changed = TimePoint{20min}; });
  world.with(NodeKey{"/usr/bin/x"}, Node{});
  const Findings all = world.evaluate(unit_definition);
  const std::string hint = about(all, "process").hint;
  EXPECT_NE(hint.find("would fail"), std::string::npos) << hint;
  EXPECT_NE(hint.find("install /usr/bin/x"), std::string::npos) << hint;
  EXPECT_TRUE(hint.ends_with("then run `systemctl restart x.service`")) << hint;
}

TEST(UnitDefinition, AFileThatOnlyTheStartReadsIsMissedBeforeTheNextStart) {
  World world = a_defined_service();
  world.text("WorkingDirectory", "/srv/x").with(NodeKey{"/srv/x"}, Node{});
  EXPECT_EQ(verdict(world), "fail start_file_missing");
}

TEST(UnitDefinition, AnAccountThatIsGoneIsMissedBeforeTheNextStart) {
  World world = a_defined_service();
  world.text("User", "gone")
      .with(AccountsKey{}, Accounts{.users = {}, .groups = {}, .is_complete = true});
  EXPECT_EQ(verdict(world), "fail account_missing");
}

TEST(UnitDefinition, NamesNoArguments) {
  World world = a_defined_service();
  world.with(NodeKey{"/usr/bin/x"}, Node{});
  for (const Finding& finding : world.evaluate(unit_definition)) {
    for (const std::string& text :
         {finding.subject, finding.expected, finding.observed, finding.hint, finding.details}) {
      EXPECT_EQ(text.find("secret"), std::string::npos) << text;
    }
  }
}

TEST(UnitDefinition, AProgramThatCouldNotBeLookedAtIsUnknown) {
  World world = a_defined_service();
  world.with(NodeKey{"/usr/bin/x"}, Unseen{"permission", "no", "let it"});
  EXPECT_EQ(verdict(world), "unknown permission");
}

TEST(UnitDefinition, TheFragmentLiesWhereItShould) {
  World world = a_defined_service();
  EXPECT_EQ(verdict(world, with("fragment_path", Value{std::string("/nix/store/*/x.service")})),
            "pass");
  EXPECT_EQ(verdict(world, with("fragment_path", Value{path})), "fail elsewhere");
  EXPECT_EQ(verdict(world, with("fragment_path", Value{std::string("/nix/*")})), "fail elsewhere");
}

TEST(UnitDefinition, TheDropInsAreExactlyThose) {
  World world = a_defined_service();
  EXPECT_EQ(verdict(world, with("drop_ins", texts({"a.conf"}))), "pass");
  EXPECT_EQ(verdict(world, with("drop_ins", texts({"/etc/systemd/system/x.service.d/*"}))), "pass");
  EXPECT_EQ(verdict(world, with("drop_ins", Value{std::string("none")})), "fail drop_in_extra");
  EXPECT_EQ(verdict(world, with("drop_ins", texts({"a.conf", "b.conf"}))), "fail drop_in_missing");
}

TEST(UnitDefinition, TheProgramIsThatOne) {
  World world = a_defined_service();
  EXPECT_EQ(verdict(world, with("exec_start", Value{std::string("/usr/bin/?")})), "pass");
  EXPECT_EQ(verdict(world, with("exec_start", Value{std::string("/usr/bin/y")})),
            "fail other_program");
}

TEST(UnitDefinition, ParametersThatMeanNothingAreMistakes) {
  World world = a_defined_service();
  for (const auto& arguments :
       {with("fragment_path", Value{std::string("x.service")}),
        with("drop_ins", Value{std::string("all")}), with("drop_ins", texts({"d/a.conf"})),
        with("aliases", texts({"x@.service"})), with("exec_start", Value{true})}) {
    EXPECT_EQ(verdict(world, arguments), "unknown error") << arguments.begin()->first;
  }
}

class AliasTest : public ::testing::Test {
 protected:
  AliasTest() { name_leads_to(x, "alias"); }

  void name_leads_to(const std::string& id, const std::string& file,
                     LoadState load = LoadState::loaded) {
    world_.with(UnitKey{"old.service"}, a_unit(id, ActiveState::active, "running", load))
        .with(EnablementKey{"old.service"}, file);
  }

  std::string judged() { return verdict(world_, with("aliases", texts({"old.service"}))); }

  World world_ = a_defined_service();
};

TEST_F(AliasTest, PassesWhereTheNameLeadsToTheUnit) {
  EXPECT_EQ(judged(), "pass");
}

TEST_F(AliasTest, ANameThatIsGoneIsMissing) {
  name_leads_to("old.service", "not-found", LoadState::not_found);
  EXPECT_EQ(judged(), "fail alias_missing");
}

TEST_F(AliasTest, ALinkThatIsGoneIsMissedAtTheNextReload) {
  name_leads_to(x, "not-found");
  EXPECT_EQ(judged(), "fail alias_missing");
}

TEST_F(AliasTest, OldAndNewSideBySideFail) {
  name_leads_to("old.service", "static");
  EXPECT_EQ(judged(), "fail alias_separate");
}

TEST_F(AliasTest, AFileInPlaceOfTheLinkIsAUnitOfItsOwnSoon) {
  name_leads_to(x, "disabled");
  EXPECT_EQ(judged(), "fail alias_separate");
}

TEST_F(AliasTest, CapturesTheNamesThatLeadToTheUnit) {
  world_.property("Names", texts({x, "old.service"}));
  EXPECT_EQ(world_.capture(unit_definition), with("aliases", texts({"old.service"})));
}
}  // namespace
}  // namespace checklist::checks
