// SPDX-License-Identifier: MIT
#include "checks/devices/device_age.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include "checks/state/unit_process.hpp"
#include "checks/view/epoch.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;

constexpr const char* root_slice = "-.slice";  // begins with its manager
constexpr const char* first_node = "/dev/null";

// /dev/null is there before the manager begins. If it seems younger, the clock went back since.
std::optional<WallTime> epoch_of_first_node(FactReader& look, WallTime epoch) {
  const Host* host = look.at(HostKey{});
  const Node* node = look.at(NodeKey{first_node});
  if (host == nullptr || node == nullptr || !host->began || !node->born) {
    return std::nullopt;
  }
  const auto seems = *node->born - epoch;
  const bool is_impossible = seems > host->began->time_since_epoch() + 1s;
  return is_impossible ? node->born : std::nullopt;
}
}  // namespace

NodeAges::NodeAges(FactReader& look, const std::string& unit) {
  if (const WallTime* now = look.at(WallClockKey{})) {
    epoch_ = *now;
  }
  for (const auto& other :
       {epoch_at(look, unit, "InactiveExit"), epoch_at(look, root_slice, "ActiveEnter")}) {
    epoch_ = epoch_ && other ? std::max(*epoch_, *other) : epoch_;
  }
  if (const auto first = epoch_ ? epoch_of_first_node(look, *epoch_) : std::nullopt) {
    epoch_ = std::max(*epoch_, *first);
  }
}

std::optional<TimePoint> NodeAges::earliest(std::optional<WallTime> born,
                                            std::optional<TimePoint> absent) const {
  if (!born || !epoch_) {
    return absent;
  }
  const TimePoint moment{*born - *epoch_};
  return absent ? std::max(moment, *absent) : moment;
}

std::optional<TimePoint> NodeAges::created(const Node& node) const {
  return earliest(node.born, node.absent);
}

bool NodeAges::was_missing_at(const Node& node, TimePoint moment) const {
  const auto latest = created(node);
  if (!latest || *latest <= moment) {
    return false;
  }
  return std::ranges::none_of(node.former, [&](const FormerNode& each) {
    const auto from = earliest(each.born, each.absent);
    return (!from || *from <= moment) && moment <= each.gone;
  });
}

std::optional<TimePoint> process_started(FactReader& look, const std::string& unit) {
  const Process* running = running_process(look, unit);
  return running != nullptr ? std::optional(running->started) : std::nullopt;
}
}  // namespace checklist::checks
