// SPDX-License-Identifier: MIT
#include "checks/definition/program_capabilities.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_start_world;
using testing::texts;
using testing::World;

constexpr std::uint64_t net_bind_service = 1U << 10U;
constexpr std::uint64_t net_raw = 1U << 13U;

class ProgramCapabilitiesTest : public ::testing::Test {
 protected:
  std::string obstacle(Privileges with = Privileges::user) {
    View see = world_.view();
    FactReader look(see);
    PathLookup program{.status = LookupStatus::found, .at = "/usr/bin/x", .host = "/usr/bin/x"};
    program.node.capabilities = has_;
    const auto out = lost_capabilities(program, with, look);
    return out ? out->observed : look.gap() ? "?" : "";
  }

  World world_ =
      a_start_world()
          .property("CapabilityBoundingSet", Value{net_bind_service})
          .property("NoNewPrivileges", Value{false})
          .with(MountsKey{1}, std::vector<Mount>{{"/", "/", "ext4", "/dev/vda1", {"rw"}}});
  FileCapabilities has_{.permitted = net_raw | net_bind_service, .effective = true};
};

TEST_F(ProgramCapabilitiesTest, AreNotTakenAwayByTheUnit) {
  EXPECT_EQ(obstacle(),
            "/usr/bin/x has file capabilities that CapabilityBoundingSet= takes away "
            "(CAP_NET_RAW): the next start fails");
  EXPECT_NE(obstacle(Privileges::root), "");
  EXPECT_EQ(obstacle(Privileges::unlimited), "");
  world_.property("CapabilityBoundingSet", Value{net_raw | net_bind_service});
  EXPECT_EQ(obstacle(), "");
}

TEST_F(ProgramCapabilitiesTest, MayBeLostWithoutTheEffectiveBit) {
  has_.effective = false;
  EXPECT_EQ(obstacle(), "");
}

TEST_F(ProgramCapabilitiesTest, MayBeInherited) {
  has_.inheritable = net_raw;
  world_.property("AmbientCapabilities", Value{net_raw});
  EXPECT_EQ(obstacle(), "");
}

TEST_F(ProgramCapabilitiesTest, AreIgnoredOnNosuid) {
  world_.with(MountsKey{1}, std::vector<Mount>{{"/", "/", "ext4", "/dev/vda1", {"nosuid"}}});
  EXPECT_EQ(obstacle(), "");
}

TEST_F(ProgramCapabilitiesTest, AreIgnoredOnTheMountsOfAUnitWithoutNewPrivileges) {
  world_.property("NoNewPrivileges", Value{true});
  EXPECT_NE(obstacle(), "") << "it has no mounts of its own";
  world_.property("ReadOnlyPaths", texts({"/usr"}));
  EXPECT_EQ(obstacle(), "");
}

class SecureExecutionTest : public ProgramCapabilitiesTest {
 protected:
  bool is_secure(std::uint32_t uid = 900) {
    View see = world_.view();
    FactReader look(see);
    PathLookup program{.status = LookupStatus::found, .at = "/usr/bin/x", .host = "/usr/bin/x"};
    program.node.permissions.mode = mode_;
    program.node.capabilities = sets_;
    return is_secure_execution(program, {.uid = uid, .gid = uid}, with_, look);
  }

  Privileges with_ = Privileges::user;
  std::uint32_t mode_ = 0755;
  std::optional<FileCapabilities> sets_;
};

TEST_F(SecureExecutionTest, IsOfOtherUsersPrograms) {
  EXPECT_FALSE(is_secure());
  mode_ = 04755;
  EXPECT_TRUE(is_secure());
  EXPECT_FALSE(is_secure(0)) << "its owner";
  mode_ = 02755;
  EXPECT_TRUE(is_secure());
  mode_ = 02745;
  EXPECT_FALSE(is_secure()) << "without the x bit of the group";
  mode_ = 04755;
  world_.property("NoNewPrivileges", Value{true});
  EXPECT_FALSE(is_secure());
  with_ = Privileges::unlimited;
  EXPECT_TRUE(is_secure()) << "NoNewPrivileges= is not for commands with +";
}

TEST_F(SecureExecutionTest, IsOfProgramsWithCapabilities) {
  sets_ = FileCapabilities{.permitted = net_bind_service};
  EXPECT_TRUE(is_secure());
  EXPECT_FALSE(is_secure(0)) << "root has them anyway";
  world_.property("NoNewPrivileges", Value{true});
  EXPECT_FALSE(is_secure()) << "none is gained";
  sets_->effective = true;
  EXPECT_TRUE(is_secure()) << "the effective bit counts all the same";
  world_.property("NoNewPrivileges", Value{false});
  sets_ = FileCapabilities{.inheritable = net_bind_service};
  EXPECT_FALSE(is_secure());
  world_.property("AmbientCapabilities", Value{net_bind_service});
  EXPECT_TRUE(is_secure());
}
}  // namespace
}  // namespace checklist::checks
