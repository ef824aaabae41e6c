// SPDX-License-Identifier: MIT
// The running NixOS system is what the next boot starts, and what was booted needs no reboot; see
// docs/checks/generation.md. Elsewhere there is nothing to say.
#include "checklist/check.hpp"

#include "checks/host/nixos.hpp"

namespace checklist::host_checks {
namespace {
using checks::current_system;
using checks::system_profile;

struct Params {};

constexpr std::tuple<> fields{};

Finding on_next_boot(HostView& see) {
  const std::string expected = "it is what the next boot starts";
  const auto same = checks::same_target(see, current_system, system_profile);
  if (!same) {
    return unknown("system", expected, same.unseen());
  }
  return *same
             ? pass({.subject = "system", .expected = expected, .observed = "it is"})
             : fail({.subject = "system",
                     .reason = "not_next",
                     .expected = expected,
                     .observed = "the next boot starts another generation",
                     .hint = "run `nixos-rebuild switch`, or `nixos-rebuild switch --rollback` to "
                             "finish going back"});
}

// Whether it boots is not known before it has: that is no failure, and no pass.
Finding on_reboot(HostView& see) {
  const std::string expected = "it runs on what was booted";
  const auto part = checks::part_not_booted(see);
  if (!part) {
    return unknown("boot", expected, part.unseen());
  }
  return part->empty()
             ? pass({.subject = "boot", .expected = expected, .observed = "it does"})
             : unknown({.subject = "boot",
                        .reason = "reboot_needed",
                        .expected = expected,
                        .observed = "its " + *part + " is another than the one that was booted",
                        .hint = "reboot when it suits, to see that this generation boots"});
}

Findings evaluate(const Params& /*want*/, HostView& see) {
  const auto& current = see[FileKey{current_system}];
  if (!current) {
    return {unknown("system", "it is what the next boot starts", current.unseen())};
  }
  if (current->type == "missing") {
    return {};
  }
  return {on_next_boot(see), on_reboot(see)};
}
}  // namespace

extern const HostCheckDef generation;
const HostCheckDef generation = host_check<Params, fields, evaluate>(
    "the running NixOS generation is what the next boot starts", RunsWhen::always);
}  // namespace checklist::host_checks
