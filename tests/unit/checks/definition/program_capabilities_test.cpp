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
}  // namespace
}  // namespace checklist::checks
