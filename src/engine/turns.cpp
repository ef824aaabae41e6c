// SPDX-License-Identifier: MIT
#include "engine/turns.hpp"

#include <algorithm>

namespace checklist::engine {
namespace {
constexpr std::size_t most_changes = 100;

// The finding that decided, as a change tells it.
std::string decisive(const Findings& findings) {
  const auto at = std::ranges::max_element(findings, {}, &Finding::status);
  return at != findings.end() ? at->observed : std::string();
}

Findings not_looked_at() {
  return {unknown("facts", "an answer", Unseen{"pending", "nobody has looked yet", ""})};
}

bool never_answered(const CheckResult& result) {
  return result.findings == not_looked_at();
}
}  // namespace

Findings unanswered() {
  return {unknown("facts", "an answer",
                  Unseen{"unanswered", "what it depends on could not be observed in time", ""})};
}

void Turns::resume(Tracks tracks, std::vector<Change> changes) {
  resumed_ = std::move(tracks);
  changes_.assign(std::move_iterator(changes.begin()), std::move_iterator(changes.end()));
}

const Track* Turns::resumed(const std::string& unit, std::string_view check) const {
  const auto checks = resumed_.find(unit);
  if (checks == resumed_.end()) {
    return nullptr;
  }
  const auto track = checks->second.find(std::string(check));
  return track != checks->second.end() ? &track->second : nullptr;
}

CheckResult Turns::pending(const std::string& unit, std::string_view check,
                           const CheckResult* former, WallTime now) const {
  if (former != nullptr) {
    return *former;
  }
  CheckResult out{.check = std::string(check), .findings = {}, .track = {}};
  if (const Track* before = resumed(unit, check)) {
    out.track = *before;
  } else {
    out.track.since = now;
    out.findings = not_looked_at();
  }
  return out;
}

CheckResult Turns::answered(const std::string& unit, std::string_view check, Findings findings,
                            const CheckResult* former, WallTime now) {
  const Track* before = resumed(unit, check);
  if (former != nullptr) {
    before = never_answered(*former) ? nullptr : &former->track;
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
