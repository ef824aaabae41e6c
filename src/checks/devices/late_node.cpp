// SPDX-License-Identifier: MIT
#include "checks/devices/late_node.hpp"

#include <algorithm>
#include <chrono>

#include "checks/devices/device_age.hpp"
#include "checks/devices/node_helper.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;

constexpr Duration loading = 2s;      // until a program looks for its devices
constexpr Duration first_use = 1min;  // within it, a program's own helper may create the node

bool is_held(const Node& node, const std::string& unit, FactReader& look) {
  const auto& held = look.view()[HeldFilesKey{look.text(unit, "ControlGroup")}];
  return held && std::ranges::find(held->devices, number_of(node)) != held->devices.end();
}
}  // namespace

Arrival arrival_of(const Node& node, const std::string& path, TimePoint started,
                   const std::string& unit, FactReader& look) {
  if (!node.born && !node.absent) {
    return Arrival::in_time;
  }
  const NodeAges ages(look, unit);
  if (!ages.was_missing_at(node, started)) {
    return Arrival::in_time;
  }
  const auto after = *ages.created(node) - started;
  const bool may_be_its_own =
      after <= first_use && is_made_by_helper(path) && !helper_obstacle(look, unit);
  if (may_be_its_own || is_held(node, unit, look)) {
    return Arrival::in_time;
  }
  return after < loading ? Arrival::unclear : Arrival::late;
}

std::string number_of(const Node& node) {
  return (node.type == NodeType::block ? "b " : "c ") + std::to_string(node.major) + ":" +
         std::to_string(node.minor);
}
}  // namespace checklist::checks
