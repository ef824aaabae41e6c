// SPDX-License-Identifier: MIT
// Mounts of directories that were removed, or removed and made again: the service sees the old one.
#include <algorithm>
#include <array>

#include "checks/definition/next_start.hpp"
#include "checks/earlier/earlier_life.hpp"
#include "checks/earlier/running.hpp"
#include "checks/state/unit_process.hpp"

namespace checklist::checks {
namespace {
using Mounts = std::vector<Mount>;

// A mount of the host is everybody's, and no restart of the service mends it.
bool is_of_host(const Mount& mount, const Mounts& host) {
  return std::ranges::any_of(host, [&mount](const Mount& each) {
    return each.path == mount.path && each.root == mount.root;
  });
}

// Those are made by systemd, or by a container's manager, and are no data of the service.
bool is_of_system(const Mount& mount) {
  constexpr std::array<std::string_view, 4> places{"/run/systemd/", "/proc/", "/sys/", "/dev/"};
  return std::ranges::any_of(places,
                             [&mount](auto place) { return mount.path.starts_with(place); });
}

bool is_covered(const Mounts& mounts, const Mount& mount) {
  const auto last = std::find_if(mounts.rbegin(), mounts.rend(),
                                 [&mount](const Mount& each) { return each.path == mount.path; });
  return &*last != &mount;
}
}  // namespace

bool is_of_removed_directory(const Mount& mount) {
  return mount.root.ends_with("//deleted");
}

Findings lost_mounts(View& see) {
  const auto process = is_running_service(see) ? unit_process(see) : Observed<UnitProcess>();
  if (!process || process->pid == 0) {
    return {};
  }
  const auto& mounts = see[MountsKey{process->pid}];
  const auto& host = see[MountsKey{1}];
  if (!mounts || !host) {
    return {};
  }
  Findings out;
  for (const Mount& each : *mounts) {
    if (!is_of_removed_directory(each) || is_of_system(each) || is_covered(*mounts, each) ||
        is_of_host(each, *host)) {
      continue;
    }
    out.push_back(fail({.subject = each.path,
                        .reason = "restart_needed",
                        .expected = "the file or directory that is there now",
                        .observed = "its " + each.path + " is one that was removed",
                        .hint = restart_advice(see)}));
  }
  return out;
}
}  // namespace checklist::checks
