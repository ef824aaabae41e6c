// SPDX-License-Identifier: MIT
// The timer will trigger again, did so lately, and what it triggers does well; see
// docs/checks/schedule.md.
#include <algorithm>
#include <array>

#include "checklist/check.hpp"

#include "checks/state/oneshot.hpp"
#include "checks/view/command.hpp"
#include "semantics/time/span.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
using semantics::Span;

struct Params {
  std::optional<Span> max_age;
};

constexpr std::tuple fields{
    Field{"max_age", &Params::max_age, "how long ago it may have triggered last; by default any"}};

// Whether it only has bases that come once a boot (systemd.timer(5)), and did trigger in this one.
bool is_done_for_this_boot(View& see) {
  constexpr std::array once{"OnActiveUSec", "OnBootUSec", "OnStartupUSec"};
  const auto bases = see.property<Values>("TimersMonotonic").value_or(Values{});
  const auto calendars = see.property<Values>("TimersCalendar").value_or(Values{});
  const auto comes_once = [&once](const Value& each) {
    const auto* row = each.get<Values>();
    const auto* base = row != nullptr && !row->empty() ? (*row)[0].get<std::string>() : nullptr;
    return base != nullptr && std::ranges::find(once, *base) != once.end();
  };
  const bool has_triggered = see.usec("LastTriggerUSecMonotonic").has_value();
  return has_triggered && !bases.empty() && calendars.empty() &&
         std::ranges::all_of(bases, comes_once);
}

// SubState tells it without a race: the moment itself comes in another signal.
Finding next_elapse(const Unit& unit, View& see) {
  constexpr auto subject = "next";
  constexpr auto expected = "it will trigger again";
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
                 .observed = "it is stopped",
                 .hint = "run " + systemctl(see, "start")});
  }
  if (unit.sub != "elapsed") {
    return pass({.subject = subject,
                 .expected = expected,
                 .observed = unit.sub == "running" ? "when its unit is done" : expected});
  }
  return is_done_for_this_boot(see)
             ? pass({.subject = subject,
                     .expected = expected,
                     .observed = "once a boot, and it did"})
             : fail({.subject = subject,
                     .reason = "elapsed",
                     .expected = expected,
                     .observed = "it never will",
                     .hint = "correct OnCalendar= and its like in the unit file, then run " +
                             systemctl(see, "restart")});
}

// In whatever boot.
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
  const std::string hint = "see why in " + manager_command(see, "list-timers") + ", then run " +
                           systemctl(see, "start", unit);
  if (!since) {
    return unknown({.subject = subject,
                    .reason = "not_seen",
                    .expected = expected,
                    .observed = "no trigger is known, and only the daemon knows how long it waits",
                    .hint = "run `checklistctl status`, which asks the daemon"});
  }
  const bool is_over = see.passed(semantics::after(*since, max_age.length));
  const std::string observed = last ? "longer ago" : "it has not triggered since it is watched";
  return is_over ? fail({.subject = subject,
                         .reason = "overdue",
                         .expected = expected,
                         .observed = observed,
                         .hint = hint})
                 : pass({.subject = subject,
                         .expected = expected,
                         .observed = last ? expected : "not yet"});
}

// How the last run of a oneshot ended. That none is known yet is a matter of `max_age`.
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
  constexpr auto expected = "what it triggers succeeds";
  const auto& seen = see.observed("Unit");
  const std::string name = see.text("Unit");
  if (!seen || name.empty()) {
    return seen ? pass({.subject = "unit", .expected = expected, .observed = "it triggers nothing"})
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
                 .hint = "install or unmask " + name + ", or name another in Unit="});
  }
  Finding out = pass({.subject = name, .expected = expected, .observed = "it has not failed"});
  if (unit->active == ActiveState::failed) {
    out = fail({.subject = name,
                .reason = "run_failed",
                .expected = expected,
                .observed = name + " has failed",
                .hint = "run " + systemctl(see, "status", name) + " and mend what it shows"});
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
    return {unknown("next", "it will trigger again", seen.unseen())};
  }
  if (seen->load != LoadState::loaded) {
    return {skip({.subject = "next",
                  .reason = "not_loaded",
                  .expected = "judged while the timer is loaded",
                  .observed = "the timer is not loaded"})};
  }
  const Unit unit = *seen;
  Findings out{next_elapse(unit, see), triggered(see)};
  (void)see.observed("LastTriggerUSec");  // of which its record is made
  if (want.max_age) {
    out.push_back(age(*want.max_age, see));
  }
  return out;
}

// How old a trigger may be is not to be seen.
Params capture(View& see) {
  (void)evaluate({}, see);
  return {};
}
}  // namespace

extern const CheckDef schedule;
const CheckDef schedule = check<Params, fields, evaluate, capture>(
    "the timer triggers, and what it triggers succeeds", RunsWhen::for_timers);
}  // namespace checklist::checks
