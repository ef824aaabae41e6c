// SPDX-License-Identifier: MIT
// Metric families of a unit and its checks.
#include "render/check_values.hpp"
#include "render/families.hpp"
#include "render/family.hpp"
#include "render/finding_family.hpp"

namespace checklist::render {
namespace {
using prometheus::MetricFamily;

// Adds a series for each state known to systemd, but none for `other`: if a later systemd reports a
// new state, all of them are 0.
template <class E>
void add_states(Family& family, const Labels& unit, E current) {
  for (const auto& [state, name] : names<E>) {
    if (state != E::other) {
      family.add(with(unit, {{"state", std::string(name)}}), state == current ? 1 : 0);
    }
  }
}

void add_checks(std::vector<MetricFamily>& out, const ServiceReport& service, const Labels& unit) {
  auto results =
      Family::gauge("check_result", std::string("Result of a unit's check: ") + results_help);
  auto failures =
      Family::counter("check_failures_total", "Total number of changes of a check to fail.");
  auto problems = Family::gauge(
      "check_problem_timestamp_seconds",
      "Unix timestamp since when a check does not pass. Absent while it passes or is skipped.");
  auto acknowledged =
      Family::gauge("check_acknowledged", "Whether the failure of a check is acknowledged (1).");
  for (const CheckResult& result : service.checks) {
    const Labels check = with(unit, {{"check", result.check}});
    results.add(with(check, {{"group", service.group}}), number_of(result.status()));
    failures.add(check, static_cast<double>(changes_to(result.track, Status::fail)));
    if (result.status() >= Status::unknown) {
      problems.add(with(check, {{"severity", std::string(text(result.severity))},
                                {"class", std::string(text(result.kind))}}),
                   seconds(result.track.since));
    }
    if (result.acknowledged) {
      acknowledged.add(with(check, labels_of(*result.acknowledged)), 1);
    }
  }
  out.insert(out.end(), {results.take(), failures.take(), problems.take(), acknowledged.take()});
}

// As exported before version 0.2.
void add_status_sets(std::vector<MetricFamily>& out, const ServiceReport& service,
                     const Labels& unit, bool is_wanted) {
  auto status = Family::gauge(
      "check_status", "Status of a unit's check: 1 for the current status, 0 for the others.");
  auto changed = Family::gauge("check_changed_timestamp_seconds",
                               "Unix timestamp of the last change of a check's status.");
  auto changes =
      Family::counter("check_changes_total", "Total number of changes of a check to a status.");
  for (const CheckResult& result : is_wanted ? service.checks : std::vector<CheckResult>{}) {
    const Labels check = with(unit, {{"check", result.check}});
    status.add_states(with(check, {{"group", service.group}}), "status", result.status());
    if (result.track.since != WallTime{}) {
      changed.add(check, seconds(result.track.since));
    }
    for (const auto& [each, name] : names<Status>) {
      changes.add(with(check, {{"to", std::string(name)}}),
                  static_cast<double>(changes_to(result.track, each)));
    }
  }
  out.insert(out.end(), {status.take(), changed.take(), changes.take()});
}

void add_unit_states(std::vector<MetricFamily>& out, const UnitSummary& summary, const Labels& unit,
                     bool is_wanted) {
  auto active = Family::gauge("unit_active_state",
                              "ActiveState of a unit: 1 for the current state, 0 for the others.");
  auto load = Family::gauge("unit_load_state",
                            "LoadState of a unit: 1 for the current state, 0 for the others.");
  auto started = Family::gauge("unit_start_time_seconds",
                               "Unix timestamp at which a unit last became active.");
  if (is_wanted) {
    add_states(active, unit, summary.active);
    add_states(load, unit, summary.load);
    if (summary.started) {
      started.add(unit, seconds(*summary.started));
    }
  }
  out.insert(out.end(), {active.take(), load.take(), started.take()});
}

void add_unit(std::vector<MetricFamily>& out, const ServiceReport& service, const Labels& unit) {
  const UnitSummary& summary = service.summary;
  auto info = Family::gauge(
      "unit_info", "A metric with a constant value of 1, labeled by properties of a unit.");
  info.add(with(unit, {{"group", service.group},
                       {"severity", std::string(text(service.severity))},
                       {"enabled", service.enabled ? "true" : "false"},
                       {"fragment_path", summary.fragment_path},
                       {"unit_file_state", summary.unit_file_state}}),
           1);
  auto restarts = Family::counter("unit_restarts_total",
                                  "Total number of automatic restarts of a unit (NRestarts).");
  if (summary.restarts) {
    restarts.add(unit, static_cast<double>(*summary.restarts));
  }
  auto exposure = Family::gauge("unit_exposure_level",
                                "Exposure level of a unit by systemd-analyze security, 0 to 10.");
  if (summary.exposure) {
    exposure.add(unit, *summary.exposure);
  }
  auto success = Family::gauge(
      "exercise_success", "Whether a step of a unit's last exercise succeeded (1) or not (0).");
  auto exercised = Family::gauge("exercise_timestamp_seconds",
                                 "Unix timestamp of the end of a unit's last exercise.");
  if (summary.exercise) {
    for (const auto& [step, succeeded] : summary.exercise->success) {
      success.add(with(unit, {{"step", step}}), succeeded ? 1 : 0);
    }
    exercised.add(unit, seconds(summary.exercise->at));
  }
  out.insert(out.end(), {success.take(), exercised.take()});
  out.insert(out.end(), {info.take(), restarts.take(), exposure.take()});
}

void add_timer(std::vector<MetricFamily>& out, const UnitSummary& summary, const Labels& unit) {
  auto triggered = Family::gauge("timer_last_trigger_timestamp_seconds",
                                 "Unix timestamp of a timer's last trigger.");
  if (summary.last_trigger) {
    triggered.add(unit, seconds(*summary.last_trigger));
  }
  auto elapses = Family::gauge("timer_next_elapse_timestamp_seconds",
                               "Unix timestamp of a timer's next trigger.");
  if (summary.next_elapse) {
    elapses.add(unit, seconds(*summary.next_elapse));
  }
  out.insert(out.end(), {triggered.take(), elapses.take()});
}
}  // namespace

std::vector<MetricFamily> families_of(const ServiceReport& service, const Selection& selection) {
  const Labels unit{{"unit", service.unit}, {"manager", service.manager}};
  std::vector<MetricFamily> out;
  add_checks(out, service, unit);
  auto infos = Family::gauge("finding_info",
                             "A finding of a check that fails or is unknown; the value is 1.");
  auto omitted = Family::gauge("findings_omitted",
                               "Number of a unit's findings omitted because of the limit.");
  const auto left_out = add_findings(infos, unit, service.checks, selection.limits);
  if (left_out > 0) {
    omitted.add(unit, static_cast<double>(left_out));
  }
  out.insert(out.end(), {infos.take(), omitted.take()});
  add_unit(out, service, unit);
  add_timer(out, service.summary, unit);
  add_status_sets(out, service, unit, selection.metrics.status_sets);
  add_unit_states(out, service.summary, unit, selection.metrics.unit_states);
  return out;
}
}  // namespace checklist::render
