// SPDX-License-Identifier: MIT
// The unit is loaded and in its expected state; see docs/checks/service_state.md.
#include "checklist/check.hpp"

#include "checks/definition/next_start.hpp"
#include "checks/earlier/earlier_life.hpp"
#include "checks/state/activation.hpp"
#include "checks/state/oneshot.hpp"
#include "checks/state/past_runs.hpp"
#include "checks/state/phase.hpp"
#include "checks/state/restarts.hpp"
#include "checks/state/run_fault.hpp"
#include "checks/state/state_finding.hpp"
#include "checks/state/unit_process.hpp"
#include "checks/view/command.hpp"
#include "semantics/text/count.hpp"
#include "semantics/time/span.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using semantics::Count;
using semantics::Span;

struct Params {
  std::optional<ActiveState> active;
  std::optional<std::string> sub;
  Count<0, most_restarts> max_restarts{3};
  std::optional<Span> restart_window;
  Span start_timeout{10min};
  std::optional<Span> max_runtime;
};

constexpr std::tuple fields{
    Field{"active", &Params::active,
          "the ActiveState it must have; by default active, on demand, or a oneshot's successful "
          "run"},
    Field{"sub", &Params::sub, "the SubState it must have; by default any of that ActiveState"},
    Field{"max_restarts", &Params::max_restarts,
          "how many automatic restarts within restart_window are allowed"},
    Field{"restart_window", &Params::restart_window,
          "by default the longer of 10m and (max_restarts + 1) x (RestartSec + 60s)"},
    Field{"start_timeout", &Params::start_timeout,
          "how long a start, stop or reload may take where the unit sets no limit"},
    Field{"max_runtime", &Params::max_runtime, "how long a oneshot may run; by default any time"}};

constexpr Duration default_job_timeout = 5min;

std::string expected_state(const Params& want) {
  return std::string(text(want.active.value_or(ActiveState::active)));
}

// Returns a length in µs as systemd reports it, or `otherwise` if it is unset, which means forever.
Observed<Duration> length_of(View& see, const std::string& property, Duration otherwise) {
  const auto& seen = see.observed(property);
  if (!seen) {
    return seen.unseen();
  }
  const auto usec = see.usec(property).value_or(UINT64_MAX);
  return usec <= INT64_MAX ? Duration{static_cast<std::int64_t>(usec)} : otherwise;
}

// Returns the unit's own limit. Sockets, mounts and swaps have a single one, timers and targets
// none.
Observed<Duration> timeout_of(View& see, const std::string& of_services, Span otherwise) {
  const auto type = semantics::unit_type(see.unit());
  if (type == "service") {
    return length_of(see, of_services, otherwise.length);
  }
  const bool has_one = type == "socket" || type == "mount" || type == "swap";
  return has_one ? length_of(see, "TimeoutUSec", otherwise.length) : otherwise.length;
}

// Returns false if the limit or the beginning of the phase could not be seen.
bool is_overdue(View& see, const UnitPhase& phase, const Observed<Duration>& limit) {
  return limit && phase.since && see.passed(semantics::after(*phase.since, *limit));
}

// A phase that ends by itself, and is an error if it exceeds its limit.
struct TransientPhase {
  std::string reason;    // within the limit
  std::string overdue;   // the reason after it
  std::string observed;  // "start job waiting"
  Observed<Duration> limit;
};

Finding in_transient(const Params& want, View& see, const UnitPhase& phase,
                     const TransientPhase& transient) {
  if (!phase.uncertain && is_overdue(see, phase, transient.limit)) {
    return fail({.subject = state_subject,
                 .reason = transient.overdue,
                 .expected = expected_state(want),
                 .observed = transient.observed + " for longer than its time limit",
                 .hint = transient.reason == "queued" ? "run " + manager_command(see, "list-jobs") +
                                                            " to see what it waits for"
                                                      : inspect_then(see, "restart")});
  }
  return unknown({.subject = state_subject,
                  .reason = transient.reason,
                  .expected = expected_state(want),
                  .observed = transient.observed,
                  .hint = "wait, or run " + systemctl(see, "status")});
}

// A oneshot that is about to start or to end a run keeps the verdict of its last run.
Finding between_runs_or(const Params& want, View& see, const Unit& unit, const UnitPhase& phase,
                        const TransientPhase& transient) {
  Finding out = in_transient(want, see, phase, transient);
  const auto is_between_runs = is_inactive_between_runs(see);
  if (out.status == Status::unknown && !want.active && is_between_runs && *is_between_runs) {
    Finding before = last_run(see, unit);
    return before.status == Status::pass ? before : out;
  }
  return out;
}

Finding running_once(const Params& want, View& see, const Unit& unit, const UnitPhase& phase) {
  if (want.max_runtime && is_overdue(see, phase, want.max_runtime->length)) {
    return fail({.subject = state_subject,
                 .reason = "max_runtime",
                 .expected = "done within " + semantics::print_span(*want.max_runtime),
                 .observed = "still running",
                 .hint = "run " + systemctl(see, "status")});
  }
  return last_run(see, unit);
}

Finding reloading(const Params& want, View& see, const UnitPhase& phase) {
  const std::string expected = expected_state(want);
  return is_overdue(see, phase, timeout_of(see, "TimeoutStartUSec", want.start_timeout))
             ? fail({.subject = state_subject,
                     .reason = "reload_timeout",
                     .expected = expected,
                     .observed = "reload not completed within its time limit",
                     .hint = restart_advice(see)})
             : pass({.subject = state_subject, .expected = expected, .observed = "reloading"});
}

// The unit stays active if its process is sent SIGSTOP.
bool is_stopped(View& see) {
  const auto judged = unit_process(see);
  if (!judged || judged->pid == 0) {
    return false;
  }
  const auto& process = see[ProcessKey{judged->pid}];
  return process && process->is_stopped;
}

Finding up(const Params& want, View& see, const Unit& unit, const UnitPhase& phase) {
  const std::string expected = expected_state(want) + (want.sub ? "/" + *want.sub : "");
  const std::string state(text(unit.active));
  if (want.sub && *want.sub != unit.sub) {
    return fail({.subject = state_subject,
                 .reason = "sub_state",
                 .expected = expected,
                 .observed = state + "/" + unit.sub,
                 .hint = "run " + systemctl(see, "status")});
  }
  if (semantics::unit_type(unit.id) == "service" && is_stopped(see)) {
    return fail({.subject = state_subject,
                 .reason = "stopped",
                 .expected = expected,
                 .observed = state + ", but the main process is stopped by a signal",
                 .hint = "run " + systemctl(see, "kill --signal=CONT")});
  }
  if (phase.uncertain) {
    return unknown(state_subject, expected, *phase.uncertain);
  }
  const auto fault = semantics::unit_type(unit.id) == "service"
                         ? run_fault(see, unit, expected, want.sub.has_value())
                         : std::nullopt;
  return fault ? *fault : pass({.subject = state_subject, .expected = expected, .observed = state});
}

Finding down(const Params& want, View& see, const Unit& unit, const UnitPhase& phase) {
  Finding out{.subject = state_subject,
              .reason = "other_state",
              .expected = expected_state(want),
              .observed = std::string(text(unit.active)),
              .hint = "run " + systemctl(see, "status")};
  if (unit.active == ActiveState::other) {  // a state of a newer systemd
    return unknown(out);
  }
  const auto past = past_runs(see);
  if (unit.active == ActiveState::failed) {
    out.reason = "failed";
    out.observed = "failed: " + last_end(see, past);
    out.hint = inspect_then(see, "restart");
    return fail(out);
  }
  if (unit.active != ActiveState::inactive) {
    return fail(out);
  }
  if (is_refused(past)) {
    return refused(see, past, out.expected);
  }
  if (phase.uncertain) {
    return unknown(state_subject, out.expected, *phase.uncertain);
  }
  out.reason = "inactive";
  out.hint = end_of_leftovers(see) + inspect_then(see, "start");
  if (const auto trigger = stopped_trigger(see); !trigger.empty()) {
    out.observed = "inactive, and so is " + trigger + ", which starts it";
    out.hint = end_of_leftovers(see) + "run " + systemctl(see, "start", trigger);
  }
  return fail(out);
}

Finding crash_looping(const Params& want, View& see) {
  return fail(
      {.subject = state_subject,
       .reason = "crash_loop",
       .expected = expected_state(want),
       .observed = "waiting for an automatic restart after " + last_end(see, past_runs(see)),
       .hint = inspect_then(see, "restart")});
}

Finding judge(const Params& want, View& see, const Unit& unit, const UnitPhase& phase) {
  const Span& timeout = want.start_timeout;
  switch (phase.phase) {
    case Phase::not_loaded:
      return not_loaded(see, unit);
    case Phase::frozen:
      return frozen(see, expected_state(want));
    case Phase::up:
    case Phase::settling:
      return up(want, see, unit, phase);
    case Phase::queued:
      return between_runs_or(want, see, unit, phase,
                             {"queued", "job_timeout", "start job waiting",
                              length_of(see, "JobTimeoutUSec", default_job_timeout)});
    case Phase::crash_looping:
      return crash_looping(want, see);
    case Phase::activating:
      return in_transient(want, see, phase,
                          {"starting", "start_timeout", "activating",
                           timeout_of(see, "TimeoutStartUSec", timeout)});
    case Phase::deactivating:
      return between_runs_or(want, see, unit, phase,
                             {"stopping", "stop_timeout", "deactivating",
                              timeout_of(see, "TimeoutStopUSec", timeout)});
    case Phase::running_once:
      return running_once(want, see, unit, phase);
    case Phase::reloading:
      return reloading(want, see, phase);
    case Phase::on_demand:
      return on_demand(see, phase.trigger);
    case Phase::between_runs:
      return last_run(see, unit);
    default:
      return down(want, see, unit, phase);
  }
}

Findings evaluate(const Params& want, View& see) {
  const auto& seen = see[UnitKey{see.unit()}];
  if (!seen) {
    return {unknown(state_subject, expected_state(want), seen.unseen())};
  }
  const Unit unit = *seen;
  (void)see[HistoryKey{unit.id}];  // subscribe early: the history is needed once the unit fails
  Findings out{judge(want, see, unit, phase_of(see, want.active))};
  const bool may_restart =
      unit.load == LoadState::loaded && semantics::unit_type(unit.id) == "service";
  if (may_restart) {
    const RestartLimit limit{want.max_restarts.number, want.restart_window};
    std::ranges::move(restarts(limit, see, unit), std::back_inserter(out));
  }
  return out;
}

// Returns that the unit is inactive if the default would not pass. That it failed is not what
// anybody expects.
Params capture(View& see) {
  Params out;
  const auto& unit = see[UnitKey{see.unit()}];
  if (!unit || worst(evaluate(out, see)) == Status::pass) {
    return out;
  }
  if (unit->load == LoadState::loaded && unit->active == ActiveState::inactive) {
    out.active = unit->active;
  }
  return out;
}
}  // namespace

extern const CheckDef service_state;
const CheckDef service_state =
    check<Params, fields, evaluate, capture>("the unit is loaded and in its expected state",
                                             RunsWhen::always, {.kind = CheckClass::symptom});
}  // namespace checklist::checks
