// SPDX-License-Identifier: MIT
// The timer will trigger again, has triggered recently, and the unit it triggers succeeds; see
// docs/checks/schedule.md.
#include <algorithm>

#include "checklist/check.hpp"

#include "checks/definition/next_start.hpp"
#include "checks/state/oneshot.hpp"
#include "checks/state/running_timer.hpp"
#include "checks/view/command.hpp"
#include "semantics/time/span.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
using semantics::Span;

struct Params {
  std::optional<Span> max_age;
};

constexpr std::tuple fields{Field{"max_age", &Params::max_age,
                                  "how long ago it may have last triggered; by default any time"}};

// Relies on SubState=: the next elapse itself changes in a later signal.
Finding next_elapse(const Unit& unit, View& see) {
  constexpr auto subject = "next";
  constexpr auto expected = "will trigger again";
  const auto gap =
      see.unseen_among({"NextElapseUSecRealtime", "NextElapseUSecMonotonic", "TimersMonotonic",
                        "TimersCalendar", "LastTriggerUSecMonotonic"});
  const bool is_stopped =
      unit.active == ActiveState::inactive || unit.active == ActiveState::failed;
  if (gap) {
    return unknown(subject, expected, *gap);
  }
  if (is_stopped) {
    return fail({.subject = subject,
                 .reason = "stopped",
                 .expected = expected,
                 .observed = "timer is stopped",
                 .hint = "run " + systemctl(see, "start")});
  }
  if (unit.sub == "running") {
    return running_timer(see, subject, expected);
  }
  if (unit.sub != "elapsed") {
    return pass({.subject = subject, .expected = expected, .observed = expected});
  }
  return is_done_for_this_boot(see)
             ? pass({.subject = subject,
                     .expected = expected,
                     .observed = "triggers once per boot; already did"})
             : fail({.subject = subject,
                     .reason = "elapsed",
                     .expected = expected,
                     .observed = "no next elapse",
                     .hint = restart_advice(
                         see, "correct OnCalendar= or the other settings of [Timer]")});
}

// Returns the last trigger of any boot.
std::optional<TimePoint> last_trigger(const Record& record, View& see) {
  const auto of_this_boot = see.moment("LastTriggerUSecMonotonic");
  return std::max(record.last_trigger, of_this_boot);
}

Finding age(const Span& max_age, View& see) {
  constexpr auto subject = "last trigger";
  const std::string expected = "within " + semantics::print_span(max_age);
  const auto gap = see.unseen_among({"LastTriggerUSec", "LastTriggerUSecMonotonic"});
  const auto& record = see[RecordKey{see.unit()}];
  if (gap || !record) {
    return unknown(subject, expected, gap ? *gap : record.unseen());
  }
  const auto last = last_trigger(*record, see);
  const auto since = last ? last : record->first_seen;
  const auto unit = see.text("Unit");
  const std::string hint = "check " + manager_command(see, "list-timers") + ", then run " +
                           systemctl(see, "start", unit);
  if (!since) {
    return unknown(
        {.subject = subject,
         .reason = "not_seen",
         .expected = expected,
         .observed = "no trigger is known without the daemon's records",
         .hint = "run " + checklistctl(see.spec(), "status") + ", which asks the daemon"});
  }
  const bool is_over = see.passed(semantics::after(*since, max_age.length));
  const std::string observed = last ? "last trigger is older than " + semantics::print_span(max_age)
                                    : "not triggered since checklistd first saw it";
  return is_over ? fail({.subject = subject,
                         .reason = "overdue",
                         .expected = expected,
                         .observed = observed,
                         .hint = hint})
                 : pass({.subject = subject,
                         .expected = expected,
                         .observed = last ? expected : "not triggered yet"});
}

// Returns the finding of a oneshot's last run. A oneshot without a run passes: that is for
// `max_age`.
Finding of_run(const Unit& unit, View& see) {
  Finding out = last_run(see, unit);
  if (out.reason == "not_run" || out.reason == "running") {
    out.status = Status::pass;
    out.reason.clear();
    out.hint.clear();
  }
  return out;
}

Finding triggered(View& see) {
  constexpr auto expected = "triggered unit succeeds";
  const auto& seen = see.observed("Unit");
  const std::string name = see.text("Unit");
  if (!seen || name.empty()) {
    return seen ? pass({.subject = "unit", .expected = expected, .observed = "timer has no unit"})
                : unknown("unit", expected, seen.unseen());
  }
  Spec spec = see.spec();
  spec.unit = name;
  View other = see.beside(spec);
  const auto& unit = see[UnitKey{name}];
  if (!unit) {
    return unknown(name, expected, unit.unseen());
  }
  if (unit->load != LoadState::loaded) {
    return fail({.subject = name,
                 .reason = "no_unit",
                 .expected = expected,
                 .observed = name + " is " + std::string(text(unit->load)),
                 .hint = "install or unmask " + name + ", or correct Unit="});
  }
  Finding out = pass({.subject = name, .expected = expected, .observed = name + " has not failed"});
  if (unit->active == ActiveState::failed) {
    out = fail({.subject = name,
                .reason = "run_failed",
                .expected = expected,
                .observed = name + " has failed",
                .hint = "run " + systemctl(see, "status", name) + " and fix the cause"});
  } else if (semantics::unit_type(name) == "service") {
    const auto& type = other.observed("Type");
    if (!type) {
      return unknown(name, expected, type.unseen());
    }
    out = other.text("Type") == "oneshot" ? of_run(*unit, other) : out;
  }
  out.subject = name;
  return out;
}

Findings evaluate(const Params& want, View& see) {
  const auto& seen = see[UnitKey{see.unit()}];
  if (!seen) {
    return {unknown("next", "will trigger again", seen.unseen())};
  }
  if (seen->load != LoadState::loaded) {
    return {skip({.subject = "next",
                  .reason = "not_loaded",
                  .expected = "timer is loaded",
                  .observed = "timer is not loaded"})};
  }
  const Unit unit = *seen;
  Findings out{next_elapse(unit, see), triggered(see)};
  (void)see.observed("LastTriggerUSec");  // subscribes: checklistd's record is made from it
  if (want.max_age) {
    out.push_back(age(*want.max_age, see));
  }
  return out;
}

// max_age cannot be derived from the timer.
Params capture(View& see) {
  (void)evaluate({}, see);
  return {};
}
}  // namespace

extern const CheckDef schedule;
const CheckDef schedule = check<Params, fields, evaluate, capture>(
    "the timer triggers, and the unit it triggers succeeds", RunsWhen::for_timers);
}  // namespace checklist::checks
