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
  const auto turned = see.moment("StateChangeTimestampMonotonic");
  for (const std::string& path : turned ? looked_at : std::vector<std::string>()) {
    const auto& is_new = see[LookSinceKey{path, *turned}];
    if (!is_new && !is_new.pending()) {
      set_unknown(findings, is_new.unseen());
      break;
    }
  }
  return findings;
}
}  // namespace checklist::checks
