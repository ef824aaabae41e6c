// SPDX-License-Identifier: MIT
#include "checks/host/nixos.hpp"

#include <array>
#include <charconv>
#include <string_view>

namespace checklist::checks {
namespace {
constexpr std::array parts{"kernel", "initrd", "kernel-modules", "systemd"};

// Returns the target of a link, the path itself if it is no link, or empty if there is no target.
Observed<std::string> target(View& see, const std::string& path) {
  const auto& file = see[FileKey{path}];
  if (!file) {
    return file.pending() ? Observed<std::string>() : Observed<std::string>(file.unseen());
  }
  const bool is_itself = file->type != "symlink" && file->type != "missing";
  return is_itself ? path : file->target;
}

// Returns 42 of "system-42-link".
std::optional<std::uint64_t> number_of(std::string_view link) {
  link.remove_prefix(std::min(link.rfind('/') + 1, link.size()));
  constexpr std::string_view before = "system-";
  constexpr std::string_view after = "-link";
  if (!link.starts_with(before) || !link.ends_with(after)) {
    return std::nullopt;
  }
  std::uint64_t out = 0;
  const auto [end, error] =
      std::from_chars(link.data() + before.size(), link.data() + link.size(), out);
  const bool whole = error == std::errc{} && std::string_view(end, link.end()) == after;
  return whole ? std::optional(out) : std::nullopt;
}
}  // namespace

Observed<bool> same_target(View& see, const std::string& one, const std::string& other) {
  const auto first = target(see, one);
  const auto second = target(see, other);
  for (const auto* each : {&first, &second}) {
    if (each->pending()) {
      return {};
    }
    if (!*each) {
      return each->unseen();
    }
  }
  return *first == *second;
}

Observed<std::string> part_not_booted(View& see) {
  Observed<std::string> out = std::string();
  for (const std::string part : parts) {
    const auto same = same_target(see, std::string(booted_system) + "/" + part,
                                  std::string(current_system) + "/" + part);
    if (same.pending()) {
      return {};
    }
    if (!same) {
      out = same.unseen();
    } else if (!*same) {
      return part;
    }
  }
  return out;
}

NixosFigures nixos_figures(View& see) {
  NixosFigures out;
  const auto& current = see[FileKey{current_system}];
  if (!current || current->type == "missing") {
    return out;
  }
  const auto is_profile = same_target(see, current_system, system_profile);
  const auto& profile = see[FileKey{system_profile}];
  if (is_profile && *is_profile && profile) {
    out.generation = number_of(profile->link);
  }
  if (const auto part = part_not_booted(see)) {
    out.reboot_needed = !part->empty();
  }
  return out;
}
}  // namespace checklist::checks
