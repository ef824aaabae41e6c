// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "checklist/check.hpp"

#include "support/graph.hpp"

namespace checklist::checks {
extern const CheckDef dependencies;

namespace {
using namespace checklist::testing;

const std::string file = "/etc/systemd/system/x.service";

World x_and_db() {
  World world = a_world("x.service");
  add_unit(world, "x.service");
  add_unit(world, "db.service");
  return world;
}

// x.service with Requires=, Wants=, … of its own file.
World x_with(const std::string& directive, const std::string& other) {
  World world = x_and_db();
  add_unit(world, other);
  edges(world, "x.service", directive, {"sysinit.target", other});
  add_unit(world, "sysinit.target");
  fragment(world, "x.service", file, {{directive, other}});
  return world;
}

void unload(World& world, const std::string& unit, LoadState load) {
  world.with(UnitKey{unit}, a_unit(unit, ActiveState::inactive, "dead", load));
}

Dict declares(const std::string& key, const std::string& unit) {
  return {{key, texts({unit})}};
}

TEST(Dependencies, PassWithNothingDeclaredAndAllThere) {
  World world = x_with("Requires", "db.service");
  const Findings findings = world.evaluate(dependencies);
  EXPECT_EQ(worst(findings), Status::pass);
  EXPECT_EQ(about(findings, "needs").status, Status::pass);
}

TEST(Dependencies, ADeclaredEdgeMustBeThere) {
  World world = x_and_db();
  edges(world, "x.service", "Requires", {"db.service"});
  EXPECT_EQ(worst(world.evaluate(dependencies, declares("requires", "db.service"))), Status::pass);
  const Finding finding =
      about(world.evaluate(dependencies, declares("wants", "db.service")), "Wants=db.service");
  EXPECT_EQ(finding.status, Status::fail);
  EXPECT_EQ(finding.reason, "no_edge");
}

TEST(Dependencies, ADeclaredEdgeCountsThroughAnAlias) {
  World world = x_and_db();
  world.with(UnitKey{"database.service"}, a_unit("db.service", ActiveState::active, "running"));
  edges(world, "x.service", "After", {"db.service"});
  EXPECT_EQ(worst(world.evaluate(dependencies, declares("after", "database.service"))),
            Status::pass);
}

TEST(Dependencies, TheOtherEndOfADeclaredOrderMustExist) {
  World world = x_and_db();
  edges(world, "x.service", "After", {"db.service"});
  for (const LoadState load : {LoadState::not_found, LoadState::masked}) {
    unload(world, "db.service", load);
    EXPECT_EQ(
        about(world.evaluate(dependencies, declares("after", "db.service")), "After=db.service")
            .reason,
        "no_other_end");
  }
}

TEST(Dependencies, AnUndeclaredDanglingOrderIsNormal) {
  World world = x_and_db();
  add_missing(world, "auditd.service");
  edges(world, "x.service", "After", {"auditd.service"});
  fragment(world, "x.service", file, {{"After", "auditd.service"}});
  EXPECT_EQ(worst(world.evaluate(dependencies)), Status::pass);
}

TEST(Dependencies, WhatItsOwnFilesNeedMustBeLoadable) {
  for (const char* directive : {"Requires", "Requisite", "BindsTo", "Wants"}) {
    const std::vector<std::pair<LoadState, std::string>> states{
        {LoadState::not_found, "not_found"},
        {LoadState::masked, "masked"},
        {LoadState::error, "load_error"},
        {LoadState::bad_setting, "load_error"}};
    for (const auto& [load, reason] : states) {
      World world = x_with(directive, "gone.service");
      unload(world, "gone.service", load);
      const Finding finding =
          about(world.evaluate(dependencies), std::string(directive) + "=gone.service");
      EXPECT_EQ(finding.status, Status::fail) << directive;
      EXPECT_EQ(finding.reason, reason) << directive;
    }
  }
}

TEST(Dependencies, ADropInIsItsOwnFile) {
  World world = x_with("Wants", "gone.service");
  unload(world, "gone.service", LoadState::not_found);
  fragment(world, "x.service", file);
  EXPECT_EQ(worst(world.evaluate(dependencies)), Status::pass);
  edges(world, "x.service", "DropInPaths", {file + ".d/a.conf"});
  world.with(UnitFileKey{file + ".d/a.conf"},
             UnitFile{.exists = true, .directives = {{"Unit", "Wants", "gone.service"}}});
  EXPECT_EQ(worst(world.evaluate(dependencies)), Status::fail);
}

TEST(Dependencies, WhatOnlyALinkWantsMayBeMissingWhatItRequiresMayNot) {
  World world = x_with("Wants", "gone.service");
  fragment(world, "x.service", file);
  unload(world, "gone.service", LoadState::not_found);
  link(world, "gone.service", "/etc/systemd/system", "x.service", "wants");
  EXPECT_EQ(worst(world.evaluate(dependencies)), Status::pass);
  world = x_with("Requires", "gone.service");
  fragment(world, "x.service", file);
  unload(world, "gone.service", LoadState::not_found);
  link(world, "gone.service", "/etc/systemd/system", "x.service", "requires");
  EXPECT_EQ(worst(world.evaluate(dependencies)), Status::fail);
}

TEST(Dependencies, WhatItRequiresMustNotHaveFailed) {
  World world = x_with("Requires", "db.service");
  add_unit(world, "db.service", ActiveState::failed);
  EXPECT_EQ(about(world.evaluate(dependencies), "Requires=db.service").reason, "failed");
  world = x_with("Wants", "db.service");
  add_unit(world, "db.service", ActiveState::failed);
  EXPECT_EQ(worst(world.evaluate(dependencies)), Status::pass);
}

TEST(Dependencies, ATimerNeedsWhatItTriggers) {
  World world = a_world("x.timer");
  add_unit(world, "x.timer");
  add_missing(world, "x.service");
  edges(world, "x.timer", "Triggers", {"x.service"});
  EXPECT_EQ(about(world.evaluate(dependencies), "Triggers=x.service").reason, "not_found");
}

TEST(Dependencies, AreSkippedWhileTheUnitIsNotLoaded) {
  World world = x_and_db();
  unload(world, "x.service", LoadState::not_found);
  EXPECT_EQ(worst(world.evaluate(dependencies, declares("after", "db.service"))), Status::skip);
}

TEST(Dependencies, AreUnknownWhenAFactIsUnseen) {
  const Unseen unseen{"bus", "no bus", ""};
  World world = x_with("Requires", "db.service");
  world.with(UnitKey{"db.service"}, unseen);
  EXPECT_EQ(about(world.evaluate(dependencies), "Requires=db.service").status, Status::unknown);
  world = x_with("Requires", "db.service");
  world.with(PropertyKey{"x.service", "Wants"}, unseen);
  EXPECT_EQ(about(world.evaluate(dependencies), "Wants=").status, Status::unknown);
  world = x_with("Wants", "gone.service");
  unload(world, "gone.service", LoadState::not_found);
  world.with(UnitFileKey{file}, unseen);
  EXPECT_EQ(worst(world.evaluate(dependencies)), Status::unknown);
  world.with(PropertyKey{"x.service", "After"}, unseen);
  EXPECT_EQ(about(world.evaluate(dependencies, declares("after", "db.service")), "After=db.service")
                .status,
            Status::unknown);
  world.with(UnitKey{"x.service"}, unseen);
  EXPECT_EQ(worst(world.evaluate(dependencies)), Status::unknown);
}

TEST(Dependencies, AskForEveryPropertyAtOnce) {
  World world = a_world("x.service");
  world.with(UnitKey{"x.service"}, a_unit("x.service", ActiveState::active, "running"));
  EXPECT_NE(worst(world.evaluate(dependencies, declares("part_of", "db.service"))), Status::fail);
  EXPECT_TRUE(world.pending());
  const auto wanted = world.facts().wanted<PropertyKey>();
  ASSERT_TRUE(wanted);
  for (const char* name :
       {"Requires", "Requisite", "BindsTo", "Wants", "PartOf", "FragmentPath", "DropInPaths"}) {
    EXPECT_TRUE(wanted->contains({"x.service", name})) << name;
  }
  EXPECT_TRUE(world.asked_for(UnitKey{"db.service"}));
}

TEST(Dependencies, PassWhatTheyCapture) {
  World world = x_with("Requires", "db.service");
  add_missing(world, "auditd.service");
  edges(world, "x.service", "After", {"auditd.service", "db.service", "sysinit.target"});
  fragment(world, "x.service", file,
           {{"Requires", "db.service"}, {"After", "auditd.service db.service"}});
  const Dict captured = world.capture(dependencies);
  EXPECT_EQ(captured,
            (Dict{{"requires", texts({"db.service"})}, {"after", texts({"db.service"})}}));
  EXPECT_EQ(worst(world.evaluate(dependencies, captured)), Status::pass);
}

TEST(Dependencies, RefuseWhatIsNoUnit) {
  World world = x_and_db();
  EXPECT_EQ(world.evaluate(dependencies, declares("after", "network"))[0].reason, "error");
}

TEST(Dependencies, AUnitThatIsDefinedInRunAloneIsGoneAtTheNextBoot) {
  World world = x_with("Wants", "db.service");
  add_targets(world);
  fragment(world, "db.service", "/run/systemd/system/db.service");
  world.with(WallClockKey{}, WallTime{})
      .with(FileKey{"/etc/systemd/system/db.service"}, a_file("missing"))
      .with(FileKey{"/lib/systemd/system/db.service"}, a_file("missing"));
  const Finding finding = about(world.evaluate(dependencies), "Wants=db.service");
  EXPECT_EQ(finding.reason, "until_reboot");
  world.with(FileKey{"/lib/systemd/system/db.service"}, a_file("regular"));
  EXPECT_EQ(worst(world.evaluate(dependencies)), Status::pass);
  fragment(world, "db.service", "/run/systemd/transient/db.service");
  EXPECT_EQ(worst(world.evaluate(dependencies)), Status::pass);
}

TEST(Dependencies, AUnitThatAFailureStartsMustExist) {
  World world = x_with("OnFailure", "db.service");
  EXPECT_EQ(worst(world.evaluate(dependencies)), Status::pass);
  unload(world, "db.service", LoadState::not_found);
  EXPECT_EQ(about(world.evaluate(dependencies), "OnFailure=db.service").reason, "not_found");
}

TEST(Dependencies, AnEdgeToAMountThatNothingDefinesNeedsADefinition) {
  World world = x_and_db();
  add_unit(world, "srv-x.mount");
  world.with(PropertyKey{"srv-x.mount", "FragmentPath"}, Value{std::string()});
  const Finding finding = about(world.evaluate(dependencies, declares("requires", "srv-x.mount")),
                                "Requires=srv-x.mount");
  EXPECT_EQ(finding.reason, "no_edge");
  EXPECT_EQ(finding.hint,
            "define srv-x.mount by a line of /etc/fstab or a unit file, then run "
            "`systemctl daemon-reload`");
}
}  // namespace
}  // namespace checklist::checks
