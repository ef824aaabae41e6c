// SPDX-License-Identifier: MIT
#include "checks/definition/program_capabilities.hpp"

#include <algorithm>

#include "checks/directives/hardening_directives.hpp"
#include "checks/paths/replacing_paths.hpp"
#include "checks/view/command.hpp"
#include "semantics/text/sentence.hpp"
#include "semantics/unit/mount_unit.hpp"

namespace checklist::checks {
namespace {
std::uint64_t set_of(FactReader& look, const char* property) {
  const Value* value = look.at(PropertyKey{look.view().unit(), property});
  const auto* bits = value != nullptr ? value->get<std::uint64_t>() : nullptr;
  return bits != nullptr ? *bits : 0;
}

bool has_no_new_privileges(FactReader& look) {
  const Value* value = look.at(PropertyKey{look.view().unit(), "NoNewPrivileges"});
  const auto* is_set = value != nullptr ? value->get<bool>() : nullptr;
  return is_set != nullptr && *is_set;
}

// With NoNewPrivileges=, systemd adds nosuid to the mounts of the unit, but to no others.
bool is_nosuid_for_unit(const PathLookup& program, FactReader& look) {
  const std::string& unit = look.view().unit();
  if (!has_no_new_privileges(look)) {
    return false;
  }
  const std::string root = look.text(unit, "RootDirectory");
  return program.by != nullptr ||
         ReplacingPaths(look, unit, Sandbox::whole, root == "/" ? "" : root).cover(program.at);
}

// The kernel ignores capabilities of files there, and set-user-ID bits.
bool is_nosuid(const PathLookup& program, FactReader& look) {
  const auto* mounts = look.at(MountsKey{1});
  const Mount* mount = mounts != nullptr ? semantics::mount_above(*mounts, program.host) : nullptr;
  return (mount != nullptr && std::ranges::count(mount->options, "nosuid") != 0) ||
         is_nosuid_for_unit(program, look);
}

std::vector<std::string> named(std::uint64_t bits) {
  std::vector<std::string> out;
  const auto names = capability_names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if ((bits >> i & 1U) != 0) {
      out.emplace_back(names[i]);
    }
  }
  return out;
}
}  // namespace

std::optional<Obstacle> lost_capabilities(const PathLookup& program, Privileges with,
                                          FactReader& look) {
  const auto& has = program.node.capabilities;
  if (!has || !has->effective || with == Privileges::unlimited) {
    return std::nullopt;
  }
  const std::uint64_t lost = has->permitted & ~set_of(look, "CapabilityBoundingSet") &
                             ~(has->inheritable & set_of(look, "AmbientCapabilities"));
  if (look.gap() || lost == 0 || is_nosuid(program, look)) {
    return std::nullopt;
  }
  const std::string names = semantics::enumerated(named(lost));
  return Obstacle{"program_not_executable",
                  program.at + " has file capabilities that CapabilityBoundingSet= takes away (" +
                      names + "): the next start fails",
                  "add " + names + " to CapabilityBoundingSet=, or run " +
                      shell_command({"setcap", "-r", program.at})};
}

// cap_bprm_creds_from_file() of the kernel's security/commoncap.c
bool is_secure_execution(const PathLookup& program, const semantics::Credentials& who,
                         Privileges with, FactReader& look) {
  constexpr std::uint32_t set_user = 04000;
  constexpr std::uint32_t set_group = 02010;  // without the x bit it means locks
  const Permissions& of = program.node.permissions;
  const bool changes_user = (of.mode & set_user) != 0 && of.uid != who.uid;
  const bool changes_group = (of.mode & set_group) == set_group && of.gid != who.gid;
  const auto& has = program.node.capabilities;
  const bool gains = has && ((has->permitted & set_of(look, "CapabilityBoundingSet")) |
                             (has->inheritable & set_of(look, "AmbientCapabilities"))) != 0;
  const bool may_gain = with == Privileges::unlimited || !has_no_new_privileges(look);
  const bool is_effective = has && has->effective;
  const bool is_by_file = who.uid != 0 && (is_effective || (gains && may_gain));
  return (is_by_file || ((changes_user || changes_group) && may_gain)) && !is_nosuid(program, look);
}
}  // namespace checklist::checks
