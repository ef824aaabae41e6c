// SPDX-License-Identifier: MIT
// Programs and libraries that were replaced or removed under a running service.
#include <algorithm>
#include <array>

#include "checks/definition/next_start.hpp"
#include "checks/earlier/earlier_life.hpp"
#include "checks/earlier/running.hpp"

namespace checklist::checks {
namespace {
constexpr std::size_t most_named = 3;

// A restart of these ends sessions or breaks what is connected to them.
std::string restart(View& see) {
  constexpr std::array<std::string_view, 4> kept{
      "dbus.service", "dbus-broker.service", "systemd-logind.service", "display-manager.service"};
  const bool is_kept =
      std::ranges::find(kept, see.unit()) != kept.end() || see.unit().starts_with("user@");
  return is_kept ? "restart the host when its users can spare it" : restart_advice(see);
}
}  // namespace

Findings replaced_programs(View& see) {
  const std::string cgroup = see.text("ControlGroup");
  if (cgroup.empty() || !is_running_service(see)) {
    return {};
  }
  const auto& held = see[HeldFilesKey{cgroup}];
  if (!held || held->replaced.empty()) {
    return {};
  }
  std::string names;
  for (const std::string& path : held->replaced) {
    if (&path - held->replaced.data() < static_cast<std::ptrdiff_t>(most_named)) {
      names += (names.empty() ? "" : ", ") + path;
    }
  }
  names += held->replaced.size() > most_named ? ", …" : "";
  return {fail({.subject = "programs",
                .reason = "program_replaced",
                .expected = "runs the installed programs and libraries",
                .observed = "runs files that were replaced or removed: " + names,
                .hint = restart(see)})};
}
}  // namespace checklist::checks
