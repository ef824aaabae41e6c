// SPDX-License-Identifier: MIT
#include "checks/directives/hardening_in_force.hpp"

#include <algorithm>
#include <array>

#include "checks/directives/hardening_directives.hpp"

namespace checklist::checks {
namespace {
using Seen = std::optional<Observed<Evidence>>;
using Mounts = std::vector<Mount>;

// Those that systemd enforces by a seccomp filter whatever the kernel (systemd.exec(5)).
constexpr std::array<std::string_view, 7> filtered{
    "SystemCallFilter", "SystemCallArchitectures", "RestrictAddressFamilies", "RestrictNamespaces",
    "RestrictRealtime", "RestrictSUIDSGID",        "LockPersonality"};

constexpr std::array<std::string_view, 6> mounted{"ProtectSystem",  "ProtectHome", "PrivateTmp",
                                                  "PrivateDevices", "ProtectProc", "ProcSubset"};

bool is_on(const Setting& setting) {
  const auto* flag = std::get_if<bool>(&setting);
  const auto* names = std::get_if<NameSet>(&setting);
  return flag != nullptr ? *flag : names == nullptr || *names != NameSet{.all_but = true};
}

// A mask of the kernel's beside the names that the unit may have.
Evidence capabilities(const Process& process, const std::string& line, const Setting& wanted) {
  const auto mask = process.capabilities.find(line);
  const auto* allowed = std::get_if<NameSet>(&wanted);
  if (mask == process.capabilities.end() || allowed == nullptr) {
    return {};
  }
  const NameSet shown = bits_named(mask->second, capability_names());
  return {.holds = is_within(shown, *allowed),
          .shown = "the process has " + excess(shown, *allowed)};
}

// Whom systemd started it as, by the property UID; a dynamic user lies in a range of its own.
std::optional<Evidence> user(View& see, const Process& process, const Setting& wanted) {
  const auto* name = std::get_if<std::string>(&wanted);
  const auto uid = see.property<std::uint64_t>("UID");
  if ((name != nullptr ? name->empty() : !is_on(wanted)) || !uid || *uid == UINT32_MAX) {
    return std::nullopt;
  }
  return Evidence{.holds = process.uid == *uid, .shown = "the process runs as another user"};
}

std::optional<Evidence> of_process(View& see, const Process& process, const Directive& directive,
                                   const Setting& wanted) {
  const auto name = directive.name;
  if (name == "NoNewPrivileges") {
    return Evidence{.holds = process.no_new_privileges || !is_on(wanted),
                    .shown = "the process may gain privileges"};
  }
  if (name == "CapabilityBoundingSet" || name == "AmbientCapabilities") {
    return capabilities(process, name == "AmbientCapabilities" ? "CapAmb" : "CapBnd", wanted);
  }
  if (name == "User" || name == "DynamicUser") {
    return user(see, process, wanted);
  }
  constexpr std::uint32_t filter = 2;
  return Evidence{.holds = process.seccomp == filter || !is_on(wanted),
                  .shown = "the process has no system call filter"};
}

// The mount that a path is on: the longest that leads to it, the last of equals.
const Mount* mount_of(const Mounts& mounts, std::string_view path) {
  const Mount* out = nullptr;
  for (const Mount& each : mounts) {
    const bool covers = each.path == "/" || path == each.path ||
                        (path.starts_with(each.path) && path[each.path.size()] == '/');
    if (covers && (out == nullptr || each.path.size() >= out->path.size())) {
      out = &each;
    }
  }
  return out;
}

bool has_option(const Mount* mount, std::string_view option) {
  return mount != nullptr && std::ranges::find(mount->options, option) != mount->options.end();
}

bool is_read_only(const Mounts& mounts, std::string_view path) {
  return has_option(mount_of(mounts, path), "ro");
}

Evidence system_protected(const Mounts& mounts, std::string_view level) {
  if (level != "no" && !is_read_only(mounts, "/usr")) {
    return {.holds = false, .shown = "the process can write /usr"};
  }
  if ((level == "full" || level == "strict") && !is_read_only(mounts, "/etc")) {
    return {.holds = false, .shown = "the process can write /etc"};
  }
  return {.holds = level != "strict" || is_read_only(mounts, "/"),
          .shown = "the process can write /"};
}

// Homes that do not exist are not hidden, and a link is hidden where it leads: one of them tells.
Evidence home_protected(const Mounts& mounts, std::string_view level) {
  const auto is_protected = [&](std::string_view home) {
    const Mount* mount = mount_of(mounts, home);
    const bool is_own = mount != nullptr && mount->path == home;
    if (level == "yes") {
      return is_own && mount->root.find("/inaccessible/") != std::string::npos;
    }
    return has_option(mount, "ro") || (is_own && mount->type == "tmpfs" && level == "tmpfs");
  };
  constexpr std::array<std::string_view, 3> homes{"/home", "/root", "/run/user"};
  return {.holds = level == "no" || std::ranges::any_of(homes, is_protected),
          .shown = level == "read-only" ? "the process can write homes" : "the process sees homes"};
}

// systemd's own directory for it, or a file system of its own (PrivateTmp=disconnected).
Evidence own_tmp(const Mounts& mounts) {
  const Mount* mount = mount_of(mounts, "/tmp");
  const bool is_own = mount != nullptr && mount->path == "/tmp" &&
                      (mount->root.find("/systemd-private-") != std::string::npos ||
                       has_option(mount, "mode=0700"));
  return {.holds = is_own, .shown = "the process shares /tmp"};
}

// A small file system that nobody can write or execute in, instead of the machine's.
Evidence own_devices(const Mounts& mounts) {
  const Mount* mount = mount_of(mounts, "/dev");
  return {.holds = mount != nullptr && mount->path == "/dev" && mount->type == "tmpfs" &&
                   has_option(mount, "ro") && has_option(mount, "noexec"),
          .shown = "the process has the machine's /dev"};
}

// The mount options of /proc by name, or by number before Linux 5.8 (proc(5)).
Evidence proc_restricted(const Mounts& mounts, std::string_view name, const std::string& word) {
  const Mount* mount = mount_of(mounts, "/proc");
  if (name == "ProcSubset") {
    return {.holds = word == "all" || has_option(mount, "subset=pid"),
            .shown = "the process sees all of /proc"};
  }
  constexpr std::array<std::string_view, 5> by_number{"default", "noaccess", "invisible", "",
                                                      "ptraceable"};
  const auto number = std::ranges::find(by_number, word) - by_number.begin();
  return {.holds = word == "default" || has_option(mount, "hidepid=" + word) ||
                   has_option(mount, "hidepid=" + std::to_string(number)),
          .shown = "the process sees others' processes"};
}
}  // namespace

std::optional<Evidence> shown_by_mounts(const Mounts& mounts, const Directive& directive,
                                        const Setting& wanted) {
  const auto name = directive.name;
  const auto* word = std::get_if<std::string>(&wanted);
  if (name == "ProtectSystem" && word != nullptr) {
    return system_protected(mounts, *word);
  }
  if (name == "ProtectHome" && word != nullptr) {
    return home_protected(mounts, *word);
  }
  if ((name == "ProtectProc" || name == "ProcSubset") && word != nullptr) {
    return proc_restricted(mounts, name, *word);
  }
  if (name == "PrivateTmp" || name == "PrivateDevices") {
    return !is_on(wanted)         ? Evidence{}
           : name == "PrivateTmp" ? own_tmp(mounts)
                                  : own_devices(mounts);
  }
  return std::nullopt;
}

Seen hardening_in_force(View& see, const Directive& directive, const Setting& wanted,
                        const Running& runs) {
  if (runs.pid == 0) {
    return std::nullopt;
  }
  if (std::ranges::find(mounted, directive.name) != mounted.end()) {
    const auto& mounts = see[MountsKey{runs.pid}];
    if (!mounts) {
      return mounts.pending() ? Observed<Evidence>() : mounts.unseen();
    }
    const auto evidence = shown_by_mounts(*mounts, directive, wanted);
    return evidence ? Seen(*evidence) : Seen();
  }
  constexpr std::array<std::string_view, 5> told{"NoNewPrivileges", "CapabilityBoundingSet",
                                                 "AmbientCapabilities", "User", "DynamicUser"};
  if (std::ranges::find(told, directive.name) == told.end() &&
      std::ranges::find(filtered, directive.name) == filtered.end()) {
    return std::nullopt;
  }
  const auto& process = see[ProcessKey{runs.pid}];
  if (!process) {
    return process.pending() ? Observed<Evidence>() : process.unseen();
  }
  const auto evidence = of_process(see, *process, directive, wanted);
  return evidence ? Seen(*evidence) : Seen();
}
}  // namespace checklist::checks
