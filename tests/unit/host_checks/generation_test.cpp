// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "checks/host/nixos.hpp"
#include "support/host_world.hpp"

namespace checklist::host_checks {
extern const HostCheckDef generation;

namespace {
using checklist::testing::HostWorld;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

FileStatus a_link(std::string target, std::string link = {}) {
  FileStatus out;
  out.type = "symlink";
  out.target = std::move(target);
  out.link = std::move(link);
  return out;
}

FileStatus missing() {
  FileStatus out;
  out.type = "missing";
  return out;
}

// Generation 42 of them is the profile's; `running` runs.
HostWorld nixos(const std::string& running = "/nix/store/42") {
  HostWorld world;
  world.with(FileKey{"/run/current-system"}, a_link(running))
      .with(FileKey{"/run/booted-system"}, a_link("/nix/store/41"))
      .with(FileKey{"/nix/var/nix/profiles/system"}, a_link("/nix/store/42", "system-42-link"));
  for (const std::string system : {"booted", "current"}) {
    for (const std::string part : {"kernel", "initrd", "kernel-modules", "systemd"}) {
      world.with(FileKey{"/run/" + system + "-system/" + part}, a_link("/nix/store/" + part));
    }
  }
  return world;
}

TEST(Generation, SaysNothingWhereThereIsNoNixos) {
  HostWorld world;
  world.with(FileKey{"/run/current-system"}, missing());
  EXPECT_THAT(world.evaluate(generation), IsEmpty());
}

TEST(Generation, PassesWhereTheProfileRuns) {
  EXPECT_THAT(nixos().verdicts(generation), ElementsAre("pass"));
}

TEST(Generation, LooksOnlyForARebootWhereThereIsNoProfile) {
  HostWorld world = nixos();
  world.with(FileKey{"/nix/var/nix/profiles/system"}, missing());
  EXPECT_THAT(world.verdicts(generation), ElementsAre("pass"));
  EXPECT_EQ(world.evaluate(generation).size(), 1U);
}

TEST(Generation, FailsWhereTheNextBootStartsAnother) {
  EXPECT_THAT(nixos("/nix/store/43").verdicts(generation), ElementsAre("fail not_next system"));
}

TEST(Generation, WantsARebootForWhatOnlyABootChanges) {
  HostWorld world = nixos();
  world.with(FileKey{"/run/current-system/kernel"}, a_link("/nix/store/kernel-new"));
  EXPECT_THAT(world.verdicts(generation), ElementsAre("unknown reboot_needed boot"));
}

TEST(Generation, TakesAContainerWithoutAKernel) {
  HostWorld world = nixos();
  for (const std::string system : {"booted", "current"}) {
    world.with(FileKey{"/run/" + system + "-system/kernel"}, missing());
  }
  EXPECT_THAT(world.verdicts(generation), ElementsAre("pass"));
}

TEST(Generation, IsUnknownWhereALinkCannotBeLookedAt) {
  HostWorld world = nixos();
  world.with(FileKey{"/nix/var/nix/profiles/system"}, Unseen{"permission", "access denied", ""});
  EXPECT_THAT(world.verdicts(generation), ElementsAre("unknown permission system"));
}

TEST(Generation, HasANumberWhereTheProfileLeadsToIt) {
  HostWorld world = nixos();
  Spec nothing;
  View see(world.facts(), 0, nothing, TimePoint{});
  EXPECT_EQ(checks::nixos_figures(see).generation, 42U);
  EXPECT_EQ(checks::nixos_figures(see).reboot_needed, false);
  world.with(FileKey{"/run/current-system"}, a_link("/nix/store/43"));
  EXPECT_EQ(checks::nixos_figures(see).generation, std::nullopt);
  world.with(FileKey{"/run/current-system"}, missing());
  EXPECT_EQ(checks::nixos_figures(see).reboot_needed, std::nullopt);
}
}  // namespace
}  // namespace checklist::host_checks
