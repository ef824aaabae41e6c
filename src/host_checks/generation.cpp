// SPDX-License-Identifier: MIT
// The running NixOS system is what the next boot starts, and what was booted needs no reboot; see
// docs/checks/generation.md. Elsewhere there is nothing to say.
#include "checklist/check.hpp"

#include "semantics/finding.hpp"
#include "semantics/nixos.hpp"

namespace checklist::host_checks {
namespace {
using semantics::current_system;
using semantics::finding;
using semantics::system_profile;

struct Params {};

constexpr std::tuple<> fields{};

Finding on_next_boot(HostView& see) {
  const std::string expected = "it is what the next boot starts";
  const auto same = semantics::same_target(see, current_system, system_profile);
  if (!same) {
    return unknown("system", expected, same.unseen());
  }
  return *same ? finding(Status::pass, "system", "", expected, "it is", "")
               : finding(Status::fail, "system", "not_next", expected,
                         "the next boot starts another generation",
                         "run `nixos-rebuild switch`, or `nixos-rebuild switch --rollback` to "
                         "finish going back");
}

// Whether it boots is not known before it has: that is no failure, and no pass.
Finding on_reboot(HostView& see) {
  const std::string expected = "it runs on what was booted";
  const auto part = semantics::part_not_booted(see);
  if (!part) {
    return unknown("boot", expected, part.unseen());
  }
  return part->empty() ? finding(Status::pass, "boot", "", expected, "it does", "")
                       : finding(Status::unknown, "boot", "reboot_needed", expected,
                                 "its " + *part + " is another than the one that was booted",
                                 "reboot when it suits, to see that this generation boots");
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
    "the running NixOS generation is what the next boot starts", Runs::always);
}  // namespace checklist::host_checks
