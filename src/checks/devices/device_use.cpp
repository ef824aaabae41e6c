// SPDX-License-Identifier: MIT
#include "checks/devices/device_use.hpp"

#include <algorithm>

#include "checks/definition/next_start.hpp"
#include "checks/devices/late_node.hpp"
#include "checks/paths/path_lookup.hpp"
#include "checks/view/command.hpp"
#include "semantics/text/sentence.hpp"

namespace checklist::checks {
namespace {
constexpr const char* subject = "in_use";

bool is_running(const Unit& unit) {
  return unit.active == ActiveState::active || unit.active == ActiveState::reloading;
}

Finding not_in_use(const std::vector<std::string>& paths, const std::string& expected, View& see) {
  return fail(
      {.subject = subject,
       .reason = "not_in_use",
       .expected = expected,
       .observed = "no process of " + see.unit() + " has " + semantics::enumerated(paths) +
                   " open: it runs without a GPU",
       .hint = restart_advice(see, "run " + journalctl(see) + ": it says why it found no GPU")});
}
}  // namespace

Finding device_use(const WantedDevices& wanted, View& see) {
  FactReader look(see);
  const Unit* unit = look.at(UnitKey{see.unit()});
  const std::string expected = "a process of " + see.unit() + " has a GPU open";
  if (unit != nullptr && !is_running(*unit)) {
    return skip({.subject = subject,
                 .reason = "not_running",
                 .expected = expected,
                 .observed = "the unit is " + std::string(text(unit->active))});
  }
  const HeldFiles* held = look.at(HeldFilesKey{look.text(see.unit(), "ControlGroup")});
  std::vector<std::string> paths;
  std::string used;
  for (const WantedDevice& each : wanted.nodes) {
    const Node node = each.is_gpu ? node_on_host(each.path, look) : Node{};
    if (node.type != NodeType::character && node.type != NodeType::block) {
      continue;
    }
    paths.push_back(each.path);
    const bool is_open =
        held != nullptr && std::ranges::find(held->devices, number_of(node)) != held->devices.end();
    used = is_open ? each.path : used;
  }
  if (look.gap()) {
    return unknown(subject, expected, *look.gap());
  }
  if (!used.empty()) {
    return pass({.subject = subject,
                 .expected = expected,
                 .observed = "a process of " + see.unit() + " has " + used + " open"});
  }
  return not_in_use(paths, expected, see);
}
}  // namespace checklist::checks
