// SPDX-License-Identifier: MIT
#include "daemon/change_log.hpp"

#include <algorithm>

#include "render/label.hpp"
#include "render/summary.hpp"

namespace checklist::daemon {
namespace {
const Acknowledgement* acknowledgement_of(const Change& change, const Report& report) {
  const auto is_changed = [&change](const CheckResult& each) { return each.check == change.check; };
  const auto in = [&is_changed](const std::vector<CheckResult>& checks) {
    const auto at = std::ranges::find_if(checks, is_changed);
    return at != checks.end() && at->acknowledged ? &*at->acknowledged : nullptr;
  };
  if (change.unit.empty()) {
    return report.host ? in(report.host->checks) : nullptr;
  }
  const auto row = std::ranges::find_if(report.services, [&change](const auto& each) {
    return each->unit == change.unit && each->manager == change.manager;
  });
  return row != report.services.end() ? in((*row)->checks) : nullptr;
}
}  // namespace

ChangeLine change_line(const Change& change, const Report& report) {
  const bool bad = change.to == Status::fail || change.to == Status::unknown;
  const Acknowledgement* known = bad ? acknowledgement_of(change, report) : nullptr;
  return {.level = bad && known == nullptr ? Level::warning : Level::info,
          .text = render::printable(
              (change.unit.empty() ? "host" : change.unit) + " " + change.check + ": " +
              std::string(text(change.from)) + " → " + std::string(text(change.to)) +
              (change.observed.empty() ? "" : ": " + change.observed) +
              (known != nullptr ? " (" + render::known_text(*known) + ")" : ""))};
}

std::span<const Change> unlogged(const std::vector<Change>& changes,
                                 const std::optional<Change>& logged) {
  return {changes.begin(), logged ? std::ranges::find(changes, *logged) : changes.end()};
}
}  // namespace checklist::daemon
