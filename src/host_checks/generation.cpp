// SPDX-License-Identifier: MIT
// The running NixOS generation is what the next boot starts, and needs no reboot; see
// docs/checks/generation.md. The check has no findings on other systems.
#include "checklist/check.hpp"

#include "checks/host/nixos.hpp"

namespace checklist::host_checks {
namespace {
using checks::current_system;
using checks::system_profile;

struct Params {};

constexpr std::tuple<> fields{};

constexpr auto next_generation = "the next boot starts the running generation";

Finding on_next_boot(HostView& see) {
  const auto same = checks::same_target(see, current_system, system_profile);
  if (!same) {
    return unknown("system", next_generation, same.unseen());
  }
  return *same
             ? pass({.subject = "system", .expected = next_generation, .observed = next_generation})
             : fail({.subject = "system",
                     .reason = "not_next",
                     .expected = next_generation,
                     .observed = "the next boot starts another generation",
                     .hint = "run `nixos-rebuild switch`, or `nixos-rebuild switch --rollback` to "
                             "complete a rollback"});
}

// A pending reboot is unknown: whether the generation boots has not been seen.
Finding on_reboot(HostView& see) {
  const std::string expected = "no reboot needed";
  const auto part = checks::part_not_booted(see);
  if (!part) {
    return unknown("boot", expected, part.unseen());
  }
  return part->empty()
             ? pass({.subject = "boot", .expected = expected, .observed = expected})
             : unknown({.subject = "boot",
                        .reason = "reboot_needed",
                        .expected = expected,
                        .observed = "the booted " + *part + " differs",
                        .hint = "reboot, so that the running generation is the booted one"});
}

Findings evaluate(const Params& /*want*/, HostView& see) {
  const auto& current = see[FileKey{current_system}];
  if (!current) {
    return {unknown("system", next_generation, current.unseen())};
  }
  if (current->type == "missing") {
    return {};
  }
  // Images and virtual machines boot a system without a profile.
  const auto& profile = see[FileKey{system_profile}];
  if (profile && profile->type == "missing") {
    return {on_reboot(see)};
  }
  return {on_next_boot(see), on_reboot(see)};
}
}  // namespace

extern const HostCheckDef generation;
const HostCheckDef generation = host_check<Params, fields, evaluate>(
    "the running NixOS generation is what the next boot starts", RunsWhen::always);
}  // namespace checklist::host_checks
