// SPDX-License-Identifier: MIT
#include "checks/directives/hardening_directives.hpp"

#include <gtest/gtest.h>

#include "checks/directives/system_calls.hpp"
#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using testing::texts;
using Lines = std::vector<std::string>;

const Directive& directive(std::string_view name) {
  const auto* found = find_directive(hardening_directives(), name);
  EXPECT_NE(found, nullptr) << name;
  return *found;
}

// Returns whether a unit with this D-Bus property satisfies these assignments.
bool meets(std::string_view name, const Value& property, const Lines& demanded) {
  const Directive& one = directive(name);
  const auto has = one.type->read(one, property);
  const auto wanted = one.type->parse(one, demanded);
  EXPECT_TRUE(has) << name;
  EXPECT_TRUE(wanted) << name;
  return has && wanted && one.type->satisfies(one, *has, *wanted);
}

Value word(const char* text) {
  return Value{std::string(text)};
}

Value filter(bool allowed, const Lines& names) {
  return Value{Values{Value{allowed}, texts(names)}};
}

Value bits(std::uint64_t value) {
  return Value{value};
}

TEST(HardeningDirectives, MeetTheirOwnValue) {
  EXPECT_TRUE(meets("NoNewPrivileges", Value{true}, {"yes"}));
  EXPECT_TRUE(meets("NoNewPrivileges", Value{true}, {"1"}));
  EXPECT_TRUE(meets("PrivateDevices", Value{false}, {"off"}));
  EXPECT_TRUE(meets("ProtectHome", word("read-only"), {"read-only"}));
  EXPECT_TRUE(meets("User", word("grafana"), {"grafana"}));
  EXPECT_TRUE(meets("UMask", bits(0027), {"0027"}));
}

TEST(HardeningDirectives, ExceedWhereTheOrderIsClear) {
  EXPECT_TRUE(meets("ProtectSystem", word("strict"), {"full"}));
  EXPECT_TRUE(meets("ProtectSystem", word("full"), {"true"}));
  EXPECT_TRUE(meets("ProtectHome", word("yes"), {"tmpfs"}));
  EXPECT_TRUE(meets("ProtectProc", word("ptraceable"), {"invisible"}));
  EXPECT_TRUE(meets("UMask", bits(0077), {"0027"}));
  EXPECT_TRUE(meets("DevicePolicy", word("strict"), {"closed"}));
}

TEST(HardeningDirectives, FallShort) {
  EXPECT_FALSE(meets("NoNewPrivileges", Value{false}, {"yes"}));
  EXPECT_FALSE(meets("ProtectSystem", word("yes"), {"full"}));
  EXPECT_FALSE(meets("ProtectSystem", word("unheard-of"), {"full"}));
  EXPECT_FALSE(meets("ProtectHome", word("read-only"), {"yes"}));
  EXPECT_FALSE(meets("UMask", bits(0022), {"0027"}));
  EXPECT_FALSE(meets("User", word(""), {"grafana"}));
}

TEST(HardeningDirectives, OfWhichNothingMayBeTakenAreDemandedExactly) {
  EXPECT_FALSE(meets("PrivateDevices", Value{true}, {"no"}));
  EXPECT_FALSE(meets("ProtectHome", word("yes"), {"no"}));
}

TEST(Capabilities, AreNamedByTheirBits) {
  const std::uint64_t bind_and_chown = 1025;
  const std::uint64_t all_but_admin = ~(std::uint64_t{1} << 21U);
  EXPECT_TRUE(
      meets("CapabilityBoundingSet", bits(bind_and_chown), {"CAP_NET_BIND_SERVICE CAP_CHOWN"}));
  EXPECT_TRUE(meets("CapabilityBoundingSet", bits(0), {"CAP_CHOWN"}));
  EXPECT_TRUE(meets("CapabilityBoundingSet", bits(0), {""}));
  EXPECT_TRUE(meets("CapabilityBoundingSet", bits(all_but_admin), {"~CAP_SYS_ADMIN"}));
  EXPECT_FALSE(meets("CapabilityBoundingSet", bits(bind_and_chown), {"CAP_CHOWN"}));
  EXPECT_FALSE(meets("CapabilityBoundingSet", bits(UINT64_MAX), {"~CAP_SYS_ADMIN"}));
  EXPECT_FALSE(meets("CapabilityBoundingSet", bits(1), {""}));
}

TEST(Namespaces, AreThoseThatTheUnitMayStillMake) {
  const std::uint64_t cgroup_and_net = 1107296256;  // as systemd 252 reports "cgroup net"
  EXPECT_TRUE(meets("RestrictNamespaces", bits(0), {"yes"}));
  EXPECT_TRUE(meets("RestrictNamespaces", bits(cgroup_and_net), {"cgroup net"}));
  EXPECT_TRUE(meets("RestrictNamespaces", bits(cgroup_and_net), {"~user"}));
  EXPECT_FALSE(meets("RestrictNamespaces", bits(cgroup_and_net), {"cgroup"}));
  EXPECT_FALSE(meets("RestrictNamespaces", bits(UINT64_MAX), {"yes"}));
  EXPECT_FALSE(meets("RestrictNamespaces", bits(UINT64_MAX), {"~user"}));
}

TEST(AddressFamilies, AreNoOthers) {
  EXPECT_TRUE(meets("RestrictAddressFamilies", filter(true, {"AF_UNIX"}), {"AF_UNIX AF_INET"}));
  EXPECT_TRUE(meets("RestrictAddressFamilies", filter(true, {}), {"none"}));
  EXPECT_TRUE(
      meets("RestrictAddressFamilies", filter(false, {"AF_PACKET", "AF_X25"}), {"~AF_PACKET"}));
  EXPECT_FALSE(meets("RestrictAddressFamilies", filter(false, {}), {"AF_UNIX"}));
  EXPECT_FALSE(meets("RestrictAddressFamilies", filter(false, {}), {"none"}));
  EXPECT_FALSE(meets("RestrictAddressFamilies", filter(true, {"AF_PACKET"}), {"~AF_PACKET"}));
}

TEST(Architectures, AreNotRestrictedWhereNoneIsNamed) {
  EXPECT_TRUE(meets("SystemCallArchitectures", texts({"native"}), {"native x86"}));
  EXPECT_FALSE(meets("SystemCallArchitectures", texts({}), {"native"}));
}

TEST(SystemCalls, AreResolvedByTheGroupsOfTheHost) {
  const std::map<std::string, std::set<std::string>> groups{
      {"@default", {"exit"}}, {"@io", {"read", "write"}}, {"@clock", {"settimeofday"}}};
  const auto resolved = [&groups](const Lines& lines) {
    return print(resolve_system_calls({lines}, groups));
  };
  EXPECT_EQ(resolved({"@io", "~write"}), "exit read");
  EXPECT_EQ(resolved({"~@clock write:EPERM"}), "~settimeofday write");
  EXPECT_EQ(resolved({"@unheard"}), "@unheard exit");
  EXPECT_EQ(resolved({"~sys_debug_setcontext switch_endian"}), "~switch_endian");
  EXPECT_EQ(resolved({"@io", "", "~@clock"}), "~settimeofday");
}

TEST(SystemCalls, WithAnErrorNumberAreRefused) {
  const Directive& calls = directive("SystemCallFilter");
  EXPECT_EQ(calls.type->read(calls, filter(true, {"read", "ptrace:EPERM"})),
            Setting(NameSet{.all_but = false, .names = {"read"}}));
  EXPECT_EQ(calls.type->read(calls, filter(false, {"ptrace:EPERM"})),
            Setting(NameSet{.all_but = true, .names = {"ptrace"}}));
}

TEST(Paths, AreOpenedNoFurtherAndClosedAtLeastAsFar) {
  EXPECT_TRUE(meets("ReadWritePaths", texts({"-/var/lib/x"}), {"/var/lib"}));
  EXPECT_TRUE(meets("ReadWritePaths", texts({}), {""}));
  EXPECT_FALSE(meets("ReadWritePaths", texts({"/"}), {"/var/lib"}));
  EXPECT_FALSE(meets("ReadWritePaths", texts({"/var/library"}), {"/var/lib"}));
  EXPECT_FALSE(meets("ReadWritePaths", texts({"/var"}), {""}));
  EXPECT_TRUE(meets("InaccessiblePaths", texts({"/srv/"}), {"/srv/secret"}));
  EXPECT_FALSE(meets("InaccessiblePaths", texts({"/srv/secret"}), {"/srv"}));
}

TEST(DeviceNodes, AreNoOthersWithNoMoreLetters) {
  const Value null_and_pts{Values{texts({"char-pts", "rwm"}), texts({"/dev/null", "rw"})}};
  EXPECT_TRUE(meets("DeviceAllow", null_and_pts, {"char-pts", "/dev/null rw"}));
  EXPECT_FALSE(meets("DeviceAllow", null_and_pts, {"char-pts", "/dev/null r"}));
  EXPECT_FALSE(meets("DeviceAllow", null_and_pts, {"/dev/null rw"}));
  const Value with_clock{Values{texts({"/dev/null", "rw"}), texts({"char-rtc", "r"})}};
  EXPECT_TRUE(meets("DeviceAllow", with_clock, {"/dev/null rw"}));  // by ProtectClock=
}

TEST(IpNetworks, AreDeniedAtLeastAndAllowedAtMost) {
  const Value everything{Values{
      Value{Values{Value{std::int64_t{2}}, Value{Values(4, Value{std::uint64_t{0}})}, bits(0)}},
      Value{Values{Value{std::int64_t{10}}, Value{Values(16, Value{std::uint64_t{0}})}, bits(0)}}}};
  EXPECT_TRUE(meets("IPAddressDeny", everything, {"any"}));
  EXPECT_TRUE(meets("IPAddressDeny", everything, {"multicast 10.0.0.0/8"}));
  EXPECT_FALSE(meets("IPAddressDeny", Value{Values{}}, {"any"}));
  EXPECT_TRUE(meets("IPAddressAllow", Value{Values{}}, {"localhost"}));
  EXPECT_FALSE(meets("IPAddressAllow", everything, {"localhost"}));
}

TEST(HardeningDirectives, RefuseWhatSystemdWouldRefuse) {
  const std::vector<std::pair<const char*, Lines>> table{{"NoNewPrivileges", {"maybe"}},
                                                         {"NoNewPrivileges", {"yes", "no"}},
                                                         {"ProtectSystem", {"most"}},
                                                         {"CapabilityBoundingSet", {"CAP_FLY"}},
                                                         {"RestrictNamespaces", {"moon"}},
                                                         {"RestrictAddressFamilies", {"INET"}},
                                                         {"UMask", {"0888"}},
                                                         {"UMask", {"07777"}},
                                                         {"ReadWritePaths", {"relative"}},
                                                         {"DeviceAllow", {"/dev/null x"}},
                                                         {"IPAddressDeny", {"nobody"}},
                                                         {"SystemCallFilter", {"read ~write"}}};
  for (const auto& [name, lines] : table) {
    EXPECT_FALSE(directive(name).type->parse(directive(name), lines)) << name;
  }
}

TEST(HardeningDirectives, ReadNothingFromAnotherType) {
  for (const Directive& each : hardening_directives()) {
    EXPECT_EQ(find_directive(hardening_directives(), each.name), &each) << each.name;
    EXPECT_FALSE(each.type->read(each, Value{Dict{}})) << each.name;
    EXPECT_FALSE(each.type->schema(each).empty()) << each.name;
  }
}
}  // namespace
}  // namespace checklist::checks
