// SPDX-License-Identifier: MIT
#include "checks/boot/later_mount.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "checks/view/fact_reader.hpp"
#include "semantics/unit/mount_unit.hpp"

namespace checklist::checks {
namespace {
using semantics::is_below;

constexpr auto expected = "on a file system that is mounted before systemd loads its units";

// Mounted by the initrd, or by PID 1 itself, before it loads units.
bool is_early(const std::string& mount_point) {
  constexpr std::array<std::string_view, 5> points{"/", "/usr", "/etc", "/nix", "/nix/store"};
  constexpr std::array<std::string_view, 4> trees{"/run", "/dev", "/sys", "/proc"};
  return std::ranges::find(points, mount_point) != points.end() ||
         std::ranges::any_of(trees, [&](auto tree) { return is_below(mount_point, tree); });
}

std::uint64_t number(FactReader& look, const std::string& unit, const char* property) {
  const Value* value = look.at(PropertyKey{unit, property});
  const auto* held = value != nullptr ? value->get<std::uint64_t>() : nullptr;
  return held != nullptr && is_set(*held) ? *held : 0;
}

// How a mount came about, if it was not there when PID 1 loaded its units.
enum class Later { by_unit, after_boot };

// A mount that PID 1 finds when it starts is active at once. One that a job makes is activating
// first, and one made by hand appears after the boot.
std::optional<Later> later(FactReader& look, const std::string& unit) {
  const std::uint64_t began = number(look, unit, "InactiveExitTimestampMonotonic");
  const std::uint64_t done = number(look, unit, "ActiveEnterTimestampMonotonic");
  const Host* host = look.at(HostKey{});
  const bool is_of_initrd = look.text(unit, "Options").find("x-initrd.mount") != std::string::npos;
  if (look.gap() || began == 0 || done == 0 || is_of_initrd) {
    return std::nullopt;
  }
  if (began < done) {
    return Later::by_unit;
  }
  const bool is_after_boot = host->finished && monotonic(done) > *host->finished;
  return is_after_boot ? std::optional(Later::after_boot) : std::nullopt;
}

Finding lost(const std::string& path, const std::string& mount_point, Later how) {
  return fail(
      {.subject = path,
       .reason = "mounted_later",
       .expected = expected,
       .observed = path + " is on " + mount_point +
                   (how == Later::by_unit ? ", which is mounted after systemd has loaded its units"
                                          : ", which was mounted after the boot"),
       .hint = "copy the file itself to /etc/systemd/system instead of a link to it, or "
               "mount " +
               mount_point + " in the initrd (x-initrd.mount in /etc/fstab)"});
}
}  // namespace

Findings mounted_later(View& see, const std::vector<std::string>& paths) {
  if (!see.spec().user.empty()) {
    return {};
  }
  Findings out;
  for (const std::string& path : paths) {
    FactReader look(see);
    const auto* mounts = look.at(MountsKey{1});
    const Mount* mount = mounts != nullptr ? semantics::mount_above(*mounts, path) : nullptr;
    const std::string point = mount != nullptr ? mount->path : "/";
    const auto how = is_early(point) ? std::nullopt : later(look, semantics::mount_unit(point));
    if (how) {
      out.push_back(lost(path, point, *how));
    } else if (look.gap()) {
      out.push_back(unknown(path, expected, *look.gap()));
    }
  }
  return out;
}
}  // namespace checklist::checks
