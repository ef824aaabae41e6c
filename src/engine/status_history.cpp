// SPDX-License-Identifier: MIT
#include "engine/status_history.hpp"

#include <algorithm>

namespace checklist::engine {
namespace {
constexpr std::size_t most_changes = 100;

// The observed text of the finding that decided the status.
std::string decisive(const Findings& findings) {
  const auto at = std::ranges::max_element(findings, {}, &Finding::status);
  return at != findings.end() ? at->observed : std::string();
}

Findings not_observed() {
  return {unknown("facts", "an answer", Unseen{"pending", "not observed yet", ""})};
}

bool never_answered(const CheckResult& result) {
  return result.findings == not_observed();
}
}  // namespace

Findings unanswered() {
  return {unknown("facts", "an answer", Unseen{"unanswered", "no answer within 5s", ""})};
}

void StatusHistory::restore(Tracks tracks, std::vector<Change> changes) {
  restored_ = std::move(tracks);
  changes_.assign(std::move_iterator(changes.begin()), std::move_iterator(changes.end()));
}

const Track* StatusHistory::restored(const std::string& unit, std::string_view check) const {
  const auto checks = restored_.find(unit);
  if (checks == restored_.end()) {
    return nullptr;
  }
  const auto track = checks->second.find(std::string(check));
  return track != checks->second.end() ? &track->second : nullptr;
}

CheckResult StatusHistory::pending(const std::string& unit, std::string_view check,
                                   const CheckResult* previous, WallTime now) const {
  if (previous != nullptr) {
    return *previous;
  }
  CheckResult out{.check = std::string(check), .findings = {}, .track = {}};
  if (const Track* before = restored(unit, check)) {
    out.track = *before;
  } else {
    out.track.since = now;
    out.findings = not_observed();
  }
  return out;
}

CheckResult StatusHistory::record(const std::string& unit, std::string_view check,
                                  Findings findings, const CheckResult* previous, WallTime now) {
  const Track* before = restored(unit, check);
  if (previous != nullptr) {
    before = never_answered(*previous) ? nullptr : &previous->track;
  }
  CheckResult out{.check = std::string(check),
                  .findings = std::move(findings),
                  .track = before != nullptr ? *before : Track{}};
  const Status status = worst(out.findings);
  if (before != nullptr && before->status == status) {
    return out;
  }
  ++count_;
  out.track.status = status;
  out.track.since = now;
  if (before != nullptr) {
    ++out.track.changes.at(static_cast<std::size_t>(status));
    changes_.push_front({.at = now,
                         .manager = manager_,
                         .unit = unit,
                         .check = out.check,
                         .from = before->status,
                         .to = status,
                         .observed = decisive(out.findings)});
    changes_.resize(std::min(changes_.size(), most_changes));
  }
  return out;
}
}  // namespace checklist::engine
