// SPDX-License-Identifier: MIT
// The timer will trigger again, did so lately, and what it triggers does well; see
// docs/checks/schedule.md.
#include <algorithm>
#include <array>

#include "checklist/check.hpp"

#include "semantics/command.hpp"
#include "semantics/finding.hpp"
#include "semantics/oneshot.hpp"
#include "semantics/property.hpp"
#include "semantics/span.hpp"
#include "semantics/unit_name.hpp"

namespace checklist::checks {
namespace {
using semantics::command;
using semantics::finding;
using semantics::Span;

struct Params {
  std::optional<Span> max_age;
};

constexpr std::tuple fields{
    Field{"max_age", &Params::max_age, "how long ago it may have triggered last; by default any"}};

// Whether it only has bases that come once a boot (systemd.timer(5)), and did trigger in this one.
bool is_done_for_this_boot(View& see) {
  constexpr std::array once{"OnActiveUSec", "OnBootUSec", "OnStartupUSec"};
  const auto bases = semantics::property<Values>(see, "TimersMonotonic").value_or(Values{});
  const auto calendars = semantics::property<Values>(see, "TimersCalendar").value_or(Values{});
  const auto comes_once = [&once](const Value& each) {
    const auto* row = each.get<Values>();
    const auto* base = row != nullptr && !row->empty() ? (*row)[0].get<std::string>() : nullptr;
    return base != nullptr && std::ranges::find(once, *base) != once.end();
  };
  const bool has_triggered = semantics::usec_property(see, "LastTriggerUSecMonotonic").has_value();
  return has_triggered && !bases.empty() && calendars.empty() &&
         std::ranges::all_of(bases, comes_once);
}

// SubState tells it without a race: the moment itself comes in another signal.
Finding next_elapse(const Unit& unit, View& see) {
  constexpr auto subject = "next";
  constexpr auto expected = "it will trigger again";
  const auto gap = semantics::unseen_among(
      see, {"NextElapseUSecRealtime", "NextElapseUSecMonotonic", "TimersMonotonic",
            "TimersCalendar", "LastTriggerUSecMonotonic"});
  const bool is_stopped =
      unit.active == ActiveState::inactive || unit.active == ActiveState::failed;
  if (gap) {
    return unknown(subject, expected, *gap);
  }
  if (is_stopped) {
    return finding(Status::fail, subject, "stopped", expected, "it is stopped",
                   "run " + command(see, "start"));
  }
  if (unit.sub != "elapsed") {
    return finding(Status::pass, subject, {}, expected,
                   unit.sub == "running" ? "when its unit is done" : expected);
  }
  return is_done_for_this_boot(see)
             ? finding(Status::pass, subject, {}, expected, "once a boot, and it did")
             : finding(Status::fail, subject, "elapsed", expected, "it never will",
                       "correct OnCalendar= and its like in the unit file, then run " +
                           command(see, "restart"));
}

// In whatever boot.
std::optional<TimePoint> last_trigger(const Record& record, View& see) {
  const auto of_this_boot = semantics::moment_property(see, "LastTriggerUSecMonotonic");
  return std::max(record.last_trigger, of_this_boot);
}

Finding age(const Span& max_age, View& see) {
  constexpr auto subject = "last trigger";
  const std::string expected = "within " + semantics::print_span(max_age);
  const auto gap = semantics::unseen_among(see, {"LastTriggerUSec", "LastTriggerUSecMonotonic"});
  const auto& record = see[RecordKey{see.unit()}];
  if (gap || !record) {
    return unknown(subject, expected, gap ? *gap : record.unseen());
  }
  const auto last = last_trigger(*record, see);
  const auto since = last ? last : record->first_seen;
  const auto unit = semantics::text_property(see, "Unit");
  const std::string hint =
      "see why in `systemctl list-timers`, then run " + command(see, "start", unit);
  if (!since) {
    return finding(Status::unknown, subject, "not_seen", expected,
                   "no trigger is known, and only the daemon knows how long it waits",
                   "run `checklistctl status`, which asks the daemon");
  }
  const bool is_over = see.passed(semantics::after(*since, max_age.length));
  const std::string observed = last ? "longer ago" : "it has not triggered since it is watched";
  return is_over ? finding(Status::fail, subject, "overdue", expected, observed, hint)
                 : finding(Status::pass, subject, {}, expected, last ? expected : "not yet");
}

// How the last run of a oneshot ended. That none is known yet is a matter of `max_age`.
Finding of_run(const Unit& unit, View& see) {
  Finding out = semantics::last_run(see, unit);
  if (out.reason == "not_run" || out.reason == "running") {
    out.status = Status::pass;
    out.reason.clear();
    out.hint.clear();
  }
  return out;
}

Finding triggered(View& see) {
  constexpr auto expected = "what it triggers succeeds";
  const auto& seen = see.property("Unit");
  const std::string name = semantics::text_property(see, "Unit");
  if (!seen || name.empty()) {
    return seen ? finding(Status::pass, "unit", {}, expected, "it triggers nothing")
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
    return finding(Status::fail, name, "no_unit", expected,
                   name + " is " + std::string(text(unit->load)),
                   "install or unmask " + name + ", or name another in Unit=");
  }
  Finding out = finding(Status::pass, name, {}, expected, "it has not failed");
  if (unit->active == ActiveState::failed) {
    out = finding(Status::fail, name, "run_failed", expected, name + " has failed",
                  "run " + command(see, "status", name) + " and mend what it shows");
  } else if (semantics::unit_type(name) == "service") {
    const auto& type = other.property("Type");
    if (!type) {
      return unknown(name, expected, type.unseen());
    }
    out = semantics::text_property(other, "Type") == "oneshot" ? of_run(*unit, other) : out;
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
    return {finding(Status::skip, "next", "not_loaded", "judged while the timer is loaded",
                    "the timer is not loaded")};
  }
  const Unit unit = *seen;
  Findings out{next_elapse(unit, see), triggered(see)};
  (void)see.property("LastTriggerUSec");  // of which its record is made
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
    "the timer triggers, and what it triggers succeeds", Runs::for_timers);
}  // namespace checklist::checks
