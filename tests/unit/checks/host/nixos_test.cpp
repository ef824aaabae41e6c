// SPDX-License-Identifier: MIT
#include "checks/host/nixos.hpp"

#include <gtest/gtest.h>

#include "support/world.hpp"

namespace checklist::checks {
namespace {
using testing::a_world;
using testing::World;

const Unseen denied{"permission", "access denied", ""};

FileStatus a_file(std::string type, std::string target = {}, std::string link = {}) {
  FileStatus out;
  out.type = std::move(type);
  out.target = std::move(target);
  out.link = std::move(link);
  return out;
}

std::string part_of(const char* system, const std::string& part) {
  return std::string(system) + "/" + part;
}

// A NixOS host that runs generation 42, which it has booted.
World a_nixos() {
  World world = a_world("");
  world.with(FileKey{current_system}, a_file("symlink", "/nix/store/a-system"))
      .with(FileKey{system_profile}, a_file("symlink", "/nix/store/a-system", "system-42-link"));
  for (const char* system : {booted_system, current_system}) {
    for (const char* part : {"kernel", "initrd", "kernel-modules", "systemd"}) {
      world.with(FileKey{part_of(system, part)},
                 a_file("symlink", std::string("/nix/store/a-") + part));
    }
  }
  return world;
}

World& upgrade(World& world, const std::string& part) {
  return world.with(FileKey{part_of(current_system, part)},
                    a_file("symlink", "/nix/store/b-" + part));
}

std::optional<std::uint64_t> generation(const std::string& link) {
  World world = a_nixos();
  world.with(FileKey{system_profile}, a_file("symlink", "/nix/store/a-system", link));
  View see = world.view();
  return nixos_figures(see).generation;
}

TEST(SameTarget, ComparesWhatLinksLeadToAndTakesOtherFilesForThemselves) {
  World world = a_world("");
  world.with(FileKey{"/link"}, a_file("symlink", "/file"))
      .with(FileKey{"/file"}, a_file("regular"))
      .with(FileKey{"/other"}, a_file("regular"))
      .with(FileKey{"/none"}, a_file("missing"));
  View see = world.view();
  EXPECT_EQ(same_target(see, "/link", "/file"), Observed<bool>(true));
  EXPECT_EQ(same_target(see, "/link", "/other"), Observed<bool>(false));
  EXPECT_EQ(same_target(see, "/file", "/other"), Observed<bool>(false));
  EXPECT_EQ(same_target(see, "/none", "/file"), Observed<bool>(false));
}

TEST(SameTarget, IsUnseenOrPendingWhereEitherFileIs) {
  World world = a_world("");
  world.with(FileKey{"/file"}, a_file("regular")).with(FileKey{"/closed"}, denied);
  View see = world.view();
  EXPECT_EQ(same_target(see, "/closed", "/file"), Observed<bool>(denied));
  EXPECT_EQ(same_target(see, "/file", "/closed"), Observed<bool>(denied));
  EXPECT_TRUE(same_target(see, "/file", "/not-read-yet").pending());
}

TEST(PartNotBooted, IsTheFirstThatDiffers) {
  World world = a_nixos();
  View see = world.view();
  EXPECT_EQ(part_not_booted(see), Observed<std::string>(std::string()));
  upgrade(world, "systemd");
  EXPECT_EQ(part_not_booted(see), Observed<std::string>("systemd"));
  upgrade(world, "initrd");
  EXPECT_EQ(part_not_booted(see), Observed<std::string>("initrd"));
}

TEST(PartNotBooted, IsUnseenOnlyIfNoPartThatWasSeenDiffers) {
  World world = a_nixos();
  View see = world.view();
  world.with(FileKey{part_of(booted_system, "kernel")}, denied);
  EXPECT_EQ(part_not_booted(see), Observed<std::string>(denied));
  upgrade(world, "systemd");
  EXPECT_EQ(part_not_booted(see), Observed<std::string>("systemd"));
  world.with(FileKey{part_of(booted_system, "initrd")}, Observed<FileStatus>());
  EXPECT_TRUE(part_not_booted(see).pending());
}

TEST(PartNotBooted, DoesNotCountAPartThatBothSystemsLack) {
  World world = a_nixos();
  for (const char* system : {booted_system, current_system}) {
    world.with(FileKey{part_of(system, "kernel")}, a_file("missing"));
  }
  View see = world.view();
  EXPECT_EQ(part_not_booted(see), Observed<std::string>(std::string()));
}

TEST(NixosFigures, AreTheGenerationAndWhetherToReboot) {
  World world = a_nixos();
  View see = world.view();
  EXPECT_EQ(nixos_figures(see).generation, 42U);
  EXPECT_EQ(nixos_figures(see).reboot_needed, false);
  upgrade(world, "kernel");
  EXPECT_EQ(nixos_figures(see).reboot_needed, true);
  world.with(FileKey{system_profile}, a_file("symlink", "/nix/store/b-system", "system-43-link"));
  EXPECT_EQ(nixos_figures(see).generation, std::nullopt);
}

TEST(NixosFigures, ReadTheGenerationFromTheNameOfTheProfilesLink) {
  EXPECT_EQ(generation("/nix/var/nix/profiles/system-7-link"), 7U);
  for (const char* link : {"", "system-link", "system--link", "system-x-link", "system-42",
                           "system-4x2-link", "other-42-link", "system-42-link/below"}) {
    EXPECT_EQ(generation(link), std::nullopt) << link;
  }
}

TEST(NixosFigures, AreNoneOnOtherSystemsAndWhereUnseen) {
  World world = a_nixos();
  View see = world.view();
  for (const Observed<FileStatus>& current :
       {Observed<FileStatus>(a_file("missing")), Observed<FileStatus>(denied)}) {
    world.with(FileKey{current_system}, current);
    EXPECT_EQ(nixos_figures(see).generation, std::nullopt);
    EXPECT_EQ(nixos_figures(see).reboot_needed, std::nullopt);
  }
}
}  // namespace
}  // namespace checklist::checks
