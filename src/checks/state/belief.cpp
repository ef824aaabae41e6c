// SPDX-License-Identifier: MIT
#include "checks/state/belief.hpp"

#include <algorithm>

#include "checks/state/phase.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;

// A start that takes longer is late, and service_state says so.
constexpr Duration longest_start = 1min;

// Returns whether the unit starts and may still write its files.
bool is_starting(View& see) {
  const UnitPhase unit = phase_of(see);
  switch (unit.phase) {
    case Phase::queued:
    case Phase::activating:
    case Phase::running_once:
      return unit.since && !see.passed(*unit.since + longest_start);
    default:
      return false;
  }
}

void set_unknown(Findings& findings, const Unseen& why) {
  for (Finding& each : findings) {
    if (each.status == Status::fail) {
      each = unknown(std::move(each.subject), std::move(each.expected), why);
    }
  }
}
}  // namespace

Findings believed(View& see, const std::vector<std::string>& looked_at, Findings findings) {
  if (std::ranges::find(findings, Status::fail, &Finding::status) == findings.end()) {
    return findings;
  }
  if (is_starting(see)) {
    set_unknown(findings, {"starting", "the unit is starting, and may still write it",
                           "wait until it has started"});
    return findings;
  }
  for (const std::string& path : looked_at) {
    if (const auto why = outdated_look(see, path)) {
      set_unknown(findings, *why);
      break;
    }
  }
  return findings;
}

std::optional<Unseen> outdated_look(View& see, const std::string& path) {
  const auto turned = see.moment("StateChangeTimestampMonotonic");
  if (!turned) {
    return std::nullopt;
  }
  const auto& is_new = see[LookSinceKey{path, *turned}];
  return is_new || is_new.pending() ? std::nullopt : std::optional(is_new.unseen());
}
}  // namespace checklist::checks
