// SPDX-License-Identifier: MIT
// What is exposed of one unit.
#include "render/families.hpp"
#include "render/family.hpp"
#include "render/finding_family.hpp"

namespace checklist::render {
namespace {
using prometheus::MetricFamily;

// All of systemd's states and no word of our own: one that systemd adds later shows as none of
// them.
template <class E>
void add_unit_states(Family& family, const Labels& unit, E holds) {
  for (const auto& [state, name] : names<E>) {
    if (state != E::other) {
      family.add(with(unit, {{"state", std::string(name)}}), state == holds ? 1 : 0);
    }
  }
}

void add_checks(std::vector<MetricFamily>& out, const ServiceReport& service, const Labels& unit) {
  auto status = Family::gauge("check_status", "Status of a check of a unit; one of the four is 1.");
  auto changed = Family::gauge("check_changed_timestamp_seconds",
                               "When the status of a check last changed, in unix time.");
  auto changes = Family::counter("check_changes_total", "How often a check turned to a status.");
  auto acknowledged =
      Family::gauge("check_acknowledged", "1 while somebody acknowledged what a check finds.");
  for (const CheckResult& result : service.checks) {
    const Labels check = with(unit, {{"check", result.check}});
    if (result.acknowledged) {
      acknowledged.add(check, 1);
    }
    status.add_states(with(check, {{"group", service.group}}), "status", result.status());
    if (result.track.since != WallTime{}) {
      changed.add(check, seconds(result.track.since));
    }
    for (const auto& [each, name] : names<Status>) {
      changes.add(with(check, {{"to", std::string(name)}}),
                  static_cast<double>(result.track.changes.at(static_cast<std::size_t>(each))));
    }
  }
  out.insert(out.end(), {status.take(), acknowledged.take(), changed.take(), changes.take()});
}

void add_unit(std::vector<MetricFamily>& out, const ServiceReport& service, const Labels& unit) {
  const UnitSummary& summary = service.summary;
  auto info = Family::gauge("unit_info", "A unit of the checklist.");
  info.add(with(unit, {{"group", service.group},
                       {"severity", std::string(text(service.severity))},
                       {"enabled", service.enabled ? "true" : "false"},
                       {"fragment_path", summary.fragment_path},
                       {"unit_file_state", summary.unit_file_state}}),
           1);
  auto active = Family::gauge("unit_active_state", "ActiveState of a unit; one of them is 1.");
  add_unit_states(active, unit, summary.active);
  auto load = Family::gauge("unit_load_state", "LoadState of a unit; one of them is 1.");
  add_unit_states(load, unit, summary.load);
  auto restarts = Family::counter("unit_restarts_total", "Automatic restarts (NRestarts).");
  if (summary.restarts) {
    restarts.add(unit, static_cast<double>(*summary.restarts));
  }
  auto started =
      Family::gauge("unit_start_time_seconds", "When a unit last became active, in unix time.");
  if (summary.started) {
    started.add(unit, seconds(*summary.started));
  }
  auto exposure =
      Family::gauge("unit_exposure_level", "What systemd-analyze security rates a unit, 0 to 10.");
  if (summary.exposure) {
    exposure.add(unit, *summary.exposure);
  }
  out.insert(out.end(), {info.take(), active.take(), load.take(), restarts.take(), started.take(),
                         exposure.take()});
}

void add_timer(std::vector<MetricFamily>& out, const UnitSummary& summary, const Labels& unit) {
  auto triggered = Family::gauge("timer_last_trigger_timestamp_seconds",
                                 "When a timer last triggered, in unix time.");
  if (summary.last_trigger) {
    triggered.add(unit, seconds(*summary.last_trigger));
  }
  auto elapses = Family::gauge("timer_next_elapse_timestamp_seconds",
                               "When a timer will trigger next, in unix time.");
  if (summary.next_elapse) {
    elapses.add(unit, seconds(*summary.next_elapse));
  }
  out.insert(out.end(), {triggered.take(), elapses.take()});
}
}  // namespace

std::vector<MetricFamily> families_of(const ServiceReport& service, const Limits& limits) {
  const Labels unit{{"unit", service.unit}, {"manager", service.manager}};
  std::vector<MetricFamily> out;
  add_checks(out, service, unit);
  auto infos = Family::gauge("finding_info", "Why a check does not pass, while it does not.");
  auto omitted =
      Family::gauge("findings_omitted", "Findings of a unit that are left out, beyond the cap.");
  omitted.add(unit, static_cast<double>(add_findings(infos, unit, service.checks, limits)));
  out.insert(out.end(), {infos.take(), omitted.take()});
  add_unit(out, service, unit);
  add_timer(out, service.summary, unit);
  return out;
}
}  // namespace checklist::render
