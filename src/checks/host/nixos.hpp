// SPDX-License-Identifier: MIT
// A NixOS host's generations: the running and the booted system and the system profile, which the
// next boot starts.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "checklist/view.hpp"

namespace checklist::checks {
inline constexpr auto current_system = "/run/current-system";
inline constexpr auto booted_system = "/run/booted-system";
inline constexpr auto system_profile = "/nix/var/nix/profiles/system";

// Returns whether both paths resolve to the same target.
Observed<bool> same_target(View& see, const std::string& one, const std::string& other);

// Returns the first of kernel, initrd, kernel-modules and systemd that differs between the running
// and the booted system; empty if none does, and no reboot is needed.
Observed<std::string> part_not_booted(View& see);

// The figures of a NixOS host, published beside the verdicts.
struct NixosFigures {
  std::optional<std::uint64_t> generation;  // of the running one, if the profile leads to it
  std::optional<bool> reboot_needed;
};

// Returns neither figure on other systems.
NixosFigures nixos_figures(View& see);
}  // namespace checklist::checks
