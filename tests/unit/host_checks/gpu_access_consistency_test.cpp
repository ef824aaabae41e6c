// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "support/device_world.hpp"

namespace checklist::host_checks {
extern const HostCheckDef gpu_access_consistency;

namespace {
using testing::a_device;
using testing::a_directory;
using testing::a_unit;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::texts;

class GpuAccessConsistency : public ::testing::Test {
 protected:
  GpuAccessConsistency() {
    facts_.put(AccountsKey{}, testing::the_accounts());
    facts_.put(DeviceClassesKey{}, std::vector<DeviceClass>{});
    facts_.put(NodeKey{"/"}, a_directory());
    facts_.put(NodeKey{"/dev"}, a_directory());
    Node node = a_device();
    node.permissions.acl =
        Acl{.owning_group = 6, .named = {{.for_group = true, .id = testing::render, .bits = 6}}};
    facts_.put(NodeKey{"/dev/nvidia0"}, node);
    for (const char* unit : {"a.service", "b.service", "c.service"}) {
      add(unit, "video");
    }
  }

  void put(const std::string& unit, const std::string& property, Value value) {
    facts_.put(PropertyKey{unit, property}, std::move(value));
  }

  void add(const std::string& unit, const std::string& group) {
    facts_.put(UnitKey{unit}, a_unit(unit, ActiveState::active, "running"));
    for (const char* name : {"User", "Group", "RootDirectory", "RootImage", "Slice", "DevicePolicy",
                             "ProtectHome", "ControlGroup"}) {
      put(unit, name, Value{std::string()});
    }
    for (const char* name : {"InaccessiblePaths", "BindPaths", "BindReadOnlyPaths", "MountImages",
                             "TemporaryFileSystem", "DeviceAllow"}) {
      put(unit, name, Value{Values{}});
    }
    for (const char* name : {"PrivateDevices", "PrivateTmp", "PrivateUsers"}) {
      put(unit, name, Value{false});
    }
    put(unit, "DynamicUser", Value{true});
    for (const char* name : {"MainPID", "CapabilityBoundingSet", "AmbientCapabilities"}) {
      put(unit, name, Value{std::uint64_t{0}});
    }
    put(unit, "SecureBits", Value{std::int64_t{0}});
    put(unit, "SupplementaryGroups", texts({group}));
    Spec spec;
    spec.unit = unit;
    spec.checks["gpu_device_access"] = {{"devices", texts({"/dev/nvidia0"})}};
    std::erase_if(specs_, [&unit](const Spec& each) { return each.unit == unit; });
    specs_.push_back(spec);
  }

  // "fail another_way a.service" of each finding that does not pass.
  std::vector<std::string> troubles() {
    ConfigErrors errors;
    const auto bound = gpu_access_consistency.bind({}, "/host", errors);
    facts_.forget(0);
    HostView see(facts_, 0, nothing_, TimePoint{}, {.specs = specs_});
    std::vector<std::string> out;
    for (const Finding& finding : bound(see)) {
      if (finding.status != Status::pass) {
        EXPECT_FALSE(finding.observed.empty());
        out.push_back(std::string(text(finding.status)) + " " + finding.reason + " " +
                      finding.subject);
      }
    }
    return out;
  }

  Spec& spec(std::size_t at) { return specs_.at(at); }

  Facts facts_;
  Spec nothing_;
  std::vector<Spec> specs_;
};

TEST_F(GpuAccessConsistency, PassesWhereAllComeByTheSameGroup) {
  EXPECT_THAT(troubles(), IsEmpty());
  specs_.clear();
  EXPECT_THAT(troubles(), IsEmpty());
}

TEST_F(GpuAccessConsistency, NamesTheOddOne) {
  add("b.service", "render");
  EXPECT_THAT(troubles(), ElementsAre("fail another_way b.service"));
  put("b.service", "User", Value{std::string("root")});
  put("b.service", "DynamicUser", Value{false});
  EXPECT_THAT(troubles(), ElementsAre("fail another_way b.service"));
}

TEST_F(GpuAccessConsistency, LeavesOneWithoutAccessToItsOwnCheck) {
  put("b.service", "SupplementaryGroups", texts({}));
  EXPECT_THAT(troubles(), IsEmpty());
}

TEST_F(GpuAccessConsistency, FailsTwoThatWantOneDeviceForThemselvesAndAreActive) {
  spec(0).checks["gpu_device_access"]["exclusive"] = Value{true};
  EXPECT_THAT(troubles(), IsEmpty());
  spec(1).checks["gpu_device_access"]["exclusive"] = Value{true};
  EXPECT_THAT(troubles(), ElementsAre("fail both_active a.service and b.service"));
  facts_.put(UnitKey{"b.service"}, a_unit("b.service", ActiveState::inactive, "dead"));
  EXPECT_THAT(troubles(), IsEmpty());
}

TEST_F(GpuAccessConsistency, NeverFailsForWhatCouldNotBeSeen) {
  facts_.put(NodeKey{"/dev/nvidia0"}, Unseen{"permission", "access denied", ""});
  EXPECT_THAT(troubles(), ElementsAre("unknown permission groups"));
}
}  // namespace
}  // namespace checklist::host_checks
