// SPDX-License-Identifier: MIT
#include "checks/boot/needed_mounts.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/definition/next_start.hpp"
#include "checks/view/command.hpp"
#include "checks/view/fact_reader.hpp"
#include "semantics/unit/mount_unit.hpp"
#include "semantics/unit/unit_files.hpp"

namespace checklist::checks {
namespace {
using semantics::is_below;

struct NeededMount {
  std::string unit;    // "var-lib-x.mount"
  std::string point;   // "/var/lib/x"
  std::string wanted;  // "RequiresMountsFor=/var/lib/x/data"
};

// Returns the mounts above the paths of one directive that systemd has loaded: it orders the unit
// after each of them.
std::vector<NeededMount> mounts_of(const std::string& directive,
                                   const std::vector<std::string>& paths,
                                   const std::vector<std::string>& after) {
  std::vector<NeededMount> out;
  for (const std::string& path : paths) {
    for (std::string point = path; point.size() > 1; point.erase(point.rfind('/'))) {
      const std::string unit = semantics::mount_unit(point);
      if (std::ranges::find(after, unit) != after.end()) {
        out.push_back({.unit = unit, .point = point, .wanted = directive + "=" + path});
      }
    }
  }
  return out;
}

// What is there is gone after a reboot anyway.
bool is_volatile(const std::string& point) {
  constexpr std::array<std::string_view, 6> trees{"/tmp",  "/var/tmp", "/run",
                                                  "/proc", "/sys",     "/dev"};
  return std::ranges::any_of(trees, [&](auto tree) { return is_below(point, tree); });
}

// ZFS mounts its datasets itself, and automount daemons what lies below their own mounts.
bool is_mounted_by_others(const std::vector<Mount>& mounts, const std::string& point) {
  return std::ranges::any_of(mounts, [&](const Mount& mount) {
    return (mount.type == "zfs" && mount.path == point) ||
           (mount.type == "autofs" && is_below(point, mount.path));
  });
}

std::uint64_t number(FactReader& look, const std::string& unit, const char* property) {
  const Value* value = look.at(PropertyKey{unit, property});
  const auto* held = value != nullptr ? value->get<std::uint64_t>() : nullptr;
  return held != nullptr && is_set(*held) ? *held : 0;
}

// Returns whether the mount may be absent: systemd skipped it because of a condition, or an
// automount unit mounts it at the next access.
bool may_be_absent(FactReader& look, const std::string& unit) {
  const Value* result = look.at(PropertyKey{unit, "ConditionResult"});
  const bool* met = result != nullptr ? result->get<bool>() : nullptr;
  const bool is_unmet =
      number(look, unit, "ConditionTimestampMonotonic") != 0 && met != nullptr && !*met;
  return is_unmet || !look.list(unit, "TriggeredBy").empty();
}

// Returns whether the mount appeared after the boot, and no unit or line of /etc/fstab defines it.
// What scripts mount while the system boots, they mount at the next boot, too.
bool is_made_by_hand(FactReader& look, const NeededMount& mount) {
  const std::string fragment = look.text(mount.unit, "FragmentPath");
  if (!fragment.empty() && semantics::outlasts_reboot(fragment)) {
    return false;
  }
  const auto* mounts = look.at(MountsKey{1});
  const Host* host = look.at(HostKey{});
  const std::uint64_t mounted = number(look, mount.unit, "ActiveEnterTimestampMonotonic");
  return mounts != nullptr && host != nullptr && host->finished && mounted != 0 &&
         monotonic(mounted) > *host->finished && !is_volatile(mount.point) &&
         !is_mounted_by_others(*mounts, mount.point);
}

bool is_up(const Unit& unit) {
  return unit.active == ActiveState::active || unit.active == ActiveState::reloading ||
         unit.active == ActiveState::refreshing;
}

std::optional<Finding> judged(const NeededMount& mount, const Unit& unit, View& see) {
  FactReader look(see);
  const Unit* state = look.at(UnitKey{mount.unit});
  const std::string expected = mount.point + " is mounted, at the next boot, too";
  const bool is_loaded = state != nullptr && state->load == LoadState::loaded;
  std::optional<Finding> out;
  if (is_loaded && state->active == ActiveState::inactive && is_up(unit) &&
      !may_be_absent(look, mount.unit)) {
    out = fail({.subject = mount.wanted,
                .reason = "not_mounted",
                .expected = expected,
                .observed = mount.point + " is not mounted",
                .hint = look.text(mount.unit, "FragmentPath").empty()
                            ? "mount it, and add a line for it to /etc/fstab"
                            : restart_advice(see, "run " + systemctl(see, "start", mount.unit))});
  } else if (is_loaded && is_up(*state) && see.spec().user.empty() &&
             is_made_by_hand(look, mount)) {
    out = fail({.subject = mount.wanted,
                .reason = "not_defined",
                .expected = expected,
                .observed = mount.point + " was mounted by hand: nothing mounts it at boot",
                .hint = "add a line for " + mount.point + " to /etc/fstab, then run " +
                        daemon_reload(see)});
  }
  return look.gap() ? unknown(mount.wanted, expected, *look.gap()) : out;
}
}  // namespace

Findings needed_mounts(const Unit& unit, View& see) {
  Findings out;
  FactReader look(see);
  std::map<std::string, NeededMount> all;  // by unit: each is reported once
  const auto after = look.list(see.unit(), "After");
  const auto add = [&](const std::string& directive, const std::vector<std::string>& paths) {
    for (NeededMount& each : mounts_of(directive, paths, after)) {
      all.emplace(each.unit, std::move(each));
    }
  };
  add("RequiresMountsFor", look.list(see.unit(), "RequiresMountsFor"));
  const auto& wants = see.observed("WantsMountsFor");  // since systemd 256
  add("WantsMountsFor", wants ? see.list("WantsMountsFor") : std::vector<std::string>());
  for (const auto& [name, mount] : all) {
    if (auto finding = judged(mount, unit, see)) {
      out.push_back(std::move(*finding));
    }
  }
  if (look.gap()) {
    out.push_back(unknown("RequiresMountsFor=", "list of paths is known", *look.gap()));
  }
  return out;
}
}  // namespace checklist::checks
