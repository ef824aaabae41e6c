// SPDX-License-Identifier: MIT
// The unit is loaded and in the state it should be in.
#include "checklist/check.hpp"

#include "checks/state/oneshot.hpp"
#include "checks/state/past.hpp"
#include "checks/state/phase.hpp"
#include "checks/state/restarts.hpp"
#include "checks/state/state_finding.hpp"
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
          "the ActiveState it must have; by default active, on demand, or a oneshot's good run"},
    Field{"sub", &Params::sub, "the SubState it must have; by default any of that ActiveState"},
    Field{"max_restarts", &Params::max_restarts,
          "how many automatic restarts within restart_window are still fine"},
    Field{"restart_window", &Params::restart_window,
          "by default the longer of 10m and (max_restarts + 1) x (RestartSec + 60s)"},
    Field{"start_timeout", &Params::start_timeout,
          "how long a start, stop or reload may take where the unit sets no limit"},
    Field{"max_runtime", &Params::max_runtime, "how long a oneshot may run; by default any time"}};

constexpr Duration default_job_timeout = 5min;

std::string expected_state(const Params& want) {
  return std::string(text(want.active.value_or(ActiveState::active)));
}

Finding failed(std::string reason, std::string expected, std::string observed, std::string hint) {
  return state_finding(Status::fail, std::move(reason), std::move(expected), std::move(observed),
                       std::move(hint));
}

// A length in µs as systemd tells it; the other one where it is unset, which means for ever.
Observed<Duration> length_of(View& see, const std::string& property, Duration otherwise) {
  const auto& seen = see.observed(property);
  if (!seen) {
    return seen.unseen();
  }
  const auto usec = see.usec(property).value_or(UINT64_MAX);
  return usec <= INT64_MAX ? Duration{static_cast<std::int64_t>(usec)} : otherwise;
}

// The unit's own limit. Sockets, mounts and swaps have a single one, timers and targets none.
Observed<Duration> timeout_of(View& see, const std::string& of_services, Span otherwise) {
  const auto type = semantics::unit_type(see.unit());
  if (type == "service") {
    return length_of(see, of_services, otherwise.length);
  }
  const bool has_one = type == "socket" || type == "mount" || type == "swap";
  return has_one ? length_of(see, "TimeoutUSec", otherwise.length) : otherwise.length;
}

// Whether the phase lasts longer than it may; a limit or a beginning that could not be seen leaves
// that open.
bool lasts_too_long(View& see, const Life& life, const Observed<Duration>& limit) {
  return limit && life.since && see.passed(semantics::after(*life.since, *limit));
}

// A phase that should pass by itself.
struct Passing {
  std::string reason;    // while it may last
  std::string overdue;   // and when it lasted too long
  std::string observed;  // "waits for its start"
  Observed<Duration> limit;
};

Finding passing(const Params& want, View& see, const Life& life, const Passing& phase) {
  if (!life.blind && lasts_too_long(see, life, phase.limit)) {
    return failed(phase.overdue, expected_state(want), phase.observed + " for longer than it may",
                  phase.reason == "queued"
                      ? "run " + manager_command(see, "list-jobs") + " to see what it waits for"
                      : look_and(see, "restart"));
  }
  return state_finding(Status::unknown, phase.reason, expected_state(want), phase.observed,
                       "wait, or run " + systemctl(see, "status"));
}

// A oneshot that is about to begin or to end a run stays as good as its last run was.
Finding passing_between_runs(const Params& want, View& see, const Unit& unit, const Life& life,
                             const Passing& phase) {
  Finding out = passing(want, see, life, phase);
  const auto rests = rests_between_runs(see);
  if (out.status == Status::unknown && !want.active && rests && *rests) {
    Finding before = last_run(see, unit);
    return before.status == Status::pass ? before : out;
  }
  return out;
}

Finding running_once(const Params& want, View& see, const Unit& unit, const Life& life) {
  if (want.max_runtime && lasts_too_long(see, life, want.max_runtime->length)) {
    return failed("max_runtime", "done within " + semantics::print_span(*want.max_runtime),
                  "still running", "run " + systemctl(see, "status"));
  }
  return last_run(see, unit);
}

Finding reloading(const Params& want, View& see, const Life& life) {
  if (lasts_too_long(see, life, timeout_of(see, "TimeoutStartUSec", want.start_timeout))) {
    return failed("reload_timeout", expected_state(want), "its reload never finished",
                  "run " + systemctl(see, "restart"));
  }
  return state_finding(Status::pass, {}, expected_state(want), "reloading");
}

// systemd does not mind a main process that was sent SIGSTOP: the unit stays active.
bool is_stopped(View& see) {
  const auto pid = see.property<std::uint64_t>("MainPID").value_or(0);
  if (pid == 0) {
    return false;
  }
  const auto& process = see[ProcessKey{static_cast<std::uint32_t>(pid)}];
  return process && process->is_stopped;
}

Finding up(const Params& want, View& see, const Unit& unit, const Life& life) {
  const std::string expected = expected_state(want) + (want.sub ? "/" + *want.sub : "");
  const std::string state(text(unit.active));
  if (want.sub && *want.sub != unit.sub) {
    return failed("sub_state", expected, state + "/" + unit.sub, "run " + systemctl(see, "status"));
  }
  if (semantics::unit_type(unit.id) == "service" && is_stopped(see)) {
    return failed("stopped", expected, state + ", but its main process was stopped by a signal",
                  "run " + systemctl(see, "kill --signal=CONT"));
  }
  return life.blind ? unknown("state", expected, *life.blind)
                    : state_finding(Status::pass, {}, expected, state);
}

// Idle until somebody needs it, unless its last start was refused.
Finding on_demand(View& see, const Life& life) {
  constexpr auto expected = "active or started on demand";
  const auto past = past_of(see);
  return is_refused(past)
             ? refused(see, past, expected)
             : state_finding(Status::pass, {}, expected, "on demand, by " + life.trigger);
}

Finding down(const Params& want, View& see, const Unit& unit, const Life& life) {
  const std::string expected = expected_state(want);
  const std::string actual(text(unit.active));
  const std::string look = "run " + systemctl(see, "status");
  if (unit.active == ActiveState::other) {  // a newer systemd's
    return state_finding(Status::unknown, "other_state", expected, actual, look);
  }
  const auto past = past_of(see);
  if (unit.active == ActiveState::failed) {
    return failed("failed", expected, "failed: " + last_end(see, past), look_and(see, "restart"));
  }
  if (unit.active != ActiveState::inactive) {
    return failed("other_state", expected, actual, look);
  }
  if (is_refused(past)) {
    return refused(see, past, expected);
  }
  return life.blind ? unknown("state", expected, *life.blind)
                    : failed("inactive", expected, actual, look_and(see, "start"));
}

Finding judge(const Params& want, View& see, const Unit& unit, const Life& life) {
  const Span& timeout = want.start_timeout;
  switch (life.phase) {
    case Phase::not_loaded:
      return not_loaded(see, unit);
    case Phase::frozen:
      return failed("frozen", expected_state(want), "frozen", "run " + systemctl(see, "thaw"));
    case Phase::up:
    case Phase::settling:
      return up(want, see, unit, life);
    case Phase::queued:
      return passing_between_runs(want, see, unit, life,
                                  {"queued", "job_timeout", "waits for its start",
                                   length_of(see, "JobTimeoutUSec", default_job_timeout)});
    case Phase::crash_looping:
      return failed("crash_loop", expected_state(want),
                    "waits for an automatic restart after " + last_end(see, past_of(see)),
                    look_and(see, "restart"));
    case Phase::activating:
      return passing(want, see, life,
                     {"starting", "start_timeout", "activating",
                      timeout_of(see, "TimeoutStartUSec", timeout)});
    case Phase::deactivating:
      return passing_between_runs(want, see, unit, life,
                                  {"stopping", "stop_timeout", "deactivating",
                                   timeout_of(see, "TimeoutStopUSec", timeout)});
    case Phase::running_once:
      return running_once(want, see, unit, life);
    case Phase::reloading:
      return reloading(want, see, life);
    case Phase::on_demand:
      return on_demand(see, life);
    case Phase::rests:
      return last_run(see, unit);
    default:
      return down(want, see, unit, life);
  }
}

Findings evaluate(const Params& want, View& see) {
  const auto& seen = see[UnitKey{see.unit()}];
  if (!seen) {
    return {unknown("state", expected_state(want), seen.unseen())};
  }
  const Unit unit = *seen;
  (void)see[HistoryKey{unit.id}];  // followed from the first look on, so that it is there in time
  Findings out{judge(want, see, unit, life_of(see, want.active))};
  const bool may_restart =
      unit.load == LoadState::loaded && semantics::unit_type(unit.id) == "service";
  if (may_restart) {
    const RestartLimit limit{want.max_restarts.number, want.restart_window};
    std::ranges::move(restarts(limit, see, unit), std::back_inserter(out));
  }
  return out;
}

// A state that passes by itself needs nothing said, and one that is on its way to another is none.
Params capture(View& see) {
  Params out;
  const auto& unit = see[UnitKey{see.unit()}];
  if (!unit || worst(evaluate(out, see)) == Status::pass) {
    return out;
  }
  const ActiveState active = unit->active;
  const bool stays = active == ActiveState::inactive || active == ActiveState::failed;
  if (unit->load == LoadState::loaded && stays) {
    out.active = active;
  }
  return out;
}
}  // namespace

extern const CheckDef service_state;
const CheckDef service_state = check<Params, fields, evaluate, capture>(
    "the unit is loaded and in its expected state", RunsWhen::always);
}  // namespace checklist::checks
