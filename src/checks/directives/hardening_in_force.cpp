// SPDX-License-Identifier: MIT
#include "checks/directives/hardening_in_force.hpp"

#include <algorithm>
#include <array>

#include "checks/directives/hardening_directives.hpp"
#include "checks/earlier/earlier_life.hpp"

namespace checklist::checks {
namespace {
using Seen = std::optional<Observed<RuntimeValue>>;
using Mounts = std::vector<Mount>;

// The directives that systemd enforces by a seccomp filter on every kernel (systemd.exec(5)).
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

// Compares a capability mask of /proc/PID/status with the names that the unit may have.
RuntimeValue capabilities(const Process& process, const std::string& line, const Setting& wanted) {
  const auto mask = process.capabilities.find(line);
  const auto* allowed = std::get_if<NameSet>(&wanted);
  if (mask == process.capabilities.end() || allowed == nullptr) {
    return {};
  }
  const NameSet shown = bits_named(mask->second, capability_names());
  return {.holds = is_within(shown, *allowed),
          .shown = "the process also has " + excess(shown, *allowed)};
}

// Compares the process's user with the UID property, which systemd set at the start.
std::optional<RuntimeValue> user(View& see, const Process& process, const Setting& wanted) {
  const auto* name = std::get_if<std::string>(&wanted);
  const auto uid = see.property<std::uint64_t>("UID");
  if ((name != nullptr ? name->empty() : !is_on(wanted)) || !uid || *uid == UINT32_MAX) {
    return std::nullopt;
  }
  return RuntimeValue{.holds = process.uid == *uid, .shown = "the process runs as another user"};
}

std::optional<RuntimeValue> of_process(View& see, const Process& process,
                                       const Directive& directive, const Setting& wanted) {
  const auto name = directive.name;
  if (name == "NoNewPrivileges") {
    return RuntimeValue{.holds = process.no_new_privileges || !is_on(wanted),
                        .shown = "the process can gain privileges"};
  }
  if (name == "CapabilityBoundingSet" || name == "AmbientCapabilities") {
    return capabilities(process, name == "AmbientCapabilities" ? "CapAmb" : "CapBnd", wanted);
  }
  if (name == "User" || name == "DynamicUser") {
    return user(see, process, wanted);
  }
  constexpr std::uint32_t filter = 2;
  return RuntimeValue{.holds = process.seccomp == filter || !is_on(wanted),
                      .shown = "the process has no system call filter"};
}

// Returns the mount that holds the path: the deepest, and of several at one path the last.
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

RuntimeValue system_protected(const Mounts& mounts, std::string_view level) {
  if (level != "no" && !is_read_only(mounts, "/usr")) {
    return {.holds = false, .shown = "the process can write /usr"};
  }
  if ((level == "full" || level == "strict") && !is_read_only(mounts, "/etc")) {
    return {.holds = false, .shown = "the process can write /etc"};
  }
  return {.holds = level != "strict" || is_read_only(mounts, "/"),
          .shown = "the process can write /"};
}

// Directories that do not exist are not hidden, and a link's target is hidden instead: one
// protected directory is enough.
RuntimeValue home_protected(const Mounts& mounts, std::string_view level) {
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
          .shown = level == "read-only" ? "the process can write home directories"
                                        : "the process sees home directories"};
}

// A private /tmp is a systemd-private directory, or a tmpfs (PrivateTmp=disconnected).
RuntimeValue own_tmp(const Mounts& mounts) {
  const Mount* mount = mount_of(mounts, "/tmp");
  const bool is_own = mount != nullptr && mount->path == "/tmp" &&
                      (mount->root.find("/systemd-private-") != std::string::npos ||
                       has_option(mount, "mode=0700"));
  if (is_own && is_of_removed_directory(*mount)) {
    return {.holds = false,
            .shown = "the private /tmp of the process is a directory that was removed",
            .is_lost = true};
  }
  return {.holds = is_own, .shown = "the process sees the host's /tmp"};
}

// A private /dev is a tmpfs that is read-only and noexec.
RuntimeValue own_devices(const Mounts& mounts) {
  const Mount* mount = mount_of(mounts, "/dev");
  return {.holds = mount != nullptr && mount->path == "/dev" && mount->type == "tmpfs" &&
                   has_option(mount, "ro") && has_option(mount, "noexec"),
          .shown = "the process sees the host's /dev"};
}

// Compares the mount options of /proc, which are numbers before Linux 5.8 (proc(5)).
RuntimeValue proc_restricted(const Mounts& mounts, std::string_view name, const std::string& word) {
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
          .shown = "the process sees processes of other users"};
}
}  // namespace

std::optional<RuntimeValue> shown_by_mounts(const Mounts& mounts, const Directive& directive,
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
    return !is_on(wanted)         ? RuntimeValue{}
           : name == "PrivateTmp" ? own_tmp(mounts)
                                  : own_devices(mounts);
  }
  return std::nullopt;
}

Seen hardening_in_force(View& see, const Directive& directive, const Setting& wanted,
                        const Running& runs) {
  if (std::ranges::find(mounted, directive.name) != mounted.end()) {
    const auto mounts = of_unit_process<MountsKey>(see, runs);
    if (!mounts || !*mounts) {
      return mounts ? unread(*mounts) : Seen();
    }
    const auto value = shown_by_mounts(**mounts, directive, wanted);
    return value ? Seen(*value) : Seen();
  }
  constexpr std::array<std::string_view, 5> by_status{"NoNewPrivileges", "CapabilityBoundingSet",
                                                      "AmbientCapabilities", "User", "DynamicUser"};
  if (std::ranges::find(by_status, directive.name) == by_status.end() &&
      std::ranges::find(filtered, directive.name) == filtered.end()) {
    return std::nullopt;
  }
  const auto process = of_unit_process<ProcessKey>(see, runs);
  if (!process || !*process) {
    return process ? unread(*process) : Seen();
  }
  const auto value = of_process(see, **process, directive, wanted);
  return value ? Seen(*value) : Seen();
}
}  // namespace checklist::checks
