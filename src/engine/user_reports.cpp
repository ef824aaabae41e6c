// SPDX-License-Identifier: MIT
#include "engine/user_reports.hpp"

#include <algorithm>
#include <iterator>

#include "checklist/check.hpp"
#include "checklist/facts/publishers.hpp"

namespace checklist::engine {
namespace {

Findings silent(const std::string& manager) {
  Finding out = unknown(
      "report", "a report of " + manager,
      Unseen{"stale", manager + " does not report", "start checklistd.service of that user"});
  return {std::move(out)};
}

// A manager publishes every ten seconds, so a daemon that was restarted knows nothing until then.
Findings not_yet_heard(const std::string& manager) {
  Finding out = unknown(
      "report", "a report of " + manager,
      Unseen{"not_yet_reported", manager + " has not reported since checklistd started", "wait"});
  return {std::move(out)};
}

std::shared_ptr<const ServiceReport> as_stale(const ServiceReport& service) {
  auto out = std::make_shared<ServiceReport>(service);
  for (CheckResult& result : out->checks) {
    result.findings = silent(service.manager);
    result.track.status = Status::unknown;
  }
  return out;
}

// The row of a spec without a report.
std::shared_ptr<const ServiceReport> missing(const Spec& spec, bool has_waited, WallTime wall) {
  auto out = std::make_shared<ServiceReport>();
  out->unit = spec.unit;
  out->manager = "user:" + spec.user;
  out->group = spec.group;
  out->severity = spec.severity;
  out->enabled = spec.enabled;
  for (const auto& [name, def] : all_checks()) {
    if (!spec.switched_off.contains(name) &&
        (runs_by_default(def->runs, spec.unit) || spec.checks.contains(name))) {
      CheckResult result{
          .check = std::string(name),
          .findings = has_waited ? silent(out->manager) : not_yet_heard(out->manager),
          .track = {},
          .severity = severity_of(spec, name, def->traits.kind),
          .kind = def->traits.kind};
      result.track.since = wall;
      out->checks.push_back(std::move(result));
    }
  }
  return out;
}

bool same(const UserReports::Services& a, const UserReports::Services& b) {
  return std::ranges::equal(a, b, [](const auto& x, const auto& y) { return *x == *y; });
}
}  // namespace

bool UserReports::take(const std::string& manager, Services services, TimePoint now) {
  Entry& entry = entries_[manager];
  const bool changed = entry.is_stale || !same(entry.services, services);
  if (changed) {
    entry.services = std::move(services);
  }
  entry.heard = now;
  entry.is_stale = false;
  return changed;
}

bool UserReports::expire_stale(const std::vector<Spec>& expected, TimePoint now) {
  if (!began_ && !expected.empty()) {
    began_ = now;
  }
  bool any = began_ && !has_waited_ && now - *began_ >= user_report_valid_for;
  has_waited_ |= any;
  for (auto& [manager, entry] : entries_) {
    if (!entry.is_stale && now - entry.heard >= user_report_valid_for) {
      entry.is_stale = any = true;
      std::ranges::transform(entry.services, entry.services.begin(),
                             [](const auto& s) { return as_stale(*s); });
    }
  }
  return any;
}

std::optional<TimePoint> UserReports::next_expiry() const {
  std::optional<TimePoint> next;
  if (began_ && !has_waited_) {
    next = *began_ + user_report_valid_for;
  }
  for (const auto& [manager, entry] : entries_) {
    if (!entry.is_stale) {
      next = std::min(next.value_or(entry.heard + user_report_valid_for),
                      entry.heard + user_report_valid_for);
    }
  }
  return next;
}

UserReports::Services UserReports::services(const std::vector<Spec>& expected,
                                            WallTime wall) const {
  Services out;
  for (const auto& [manager, entry] : entries_) {
    std::ranges::copy(entry.services, std::back_inserter(out));
  }
  for (const Spec& spec : expected) {
    const auto is_it = [&spec](const auto& s) {
      return s->unit == spec.unit && s->manager == "user:" + spec.user;
    };
    if (std::ranges::none_of(out, is_it)) {
      out.push_back(missing(spec, has_waited_, wall));
    }
  }
  return out;
}
}  // namespace checklist::engine
