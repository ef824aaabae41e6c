// SPDX-License-Identifier: MIT
// A NixOS host's generations, by where its links lead: what runs, what was booted, and what the
// profile says that the next boot starts.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "checklist/view.hpp"

namespace checklist::checks {
inline constexpr auto current_system = "/run/current-system";
inline constexpr auto booted_system = "/run/booted-system";
inline constexpr auto system_profile = "/nix/var/nix/profiles/system";

// Whether both lead to the same place.
Observed<bool> same_target(View& see, const std::string& one, const std::string& other);

// The first of kernel, initrd, kernel-modules and systemd that is another in the running system
// than in the one that was booted; empty: none is, and no reboot is needed.
Observed<std::string> part_not_booted(View& see);

// What is told of a NixOS host beside verdicts.
struct NixosFigures {
  std::optional<std::uint64_t> generation;  // the running one's number, if the profile leads to it
  std::optional<bool> reboot_needed;
};

// Nothing at all elsewhere.
NixosFigures nixos_figures(View& see);
}  // namespace checklist::checks
