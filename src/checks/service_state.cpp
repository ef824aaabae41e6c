// SPDX-License-Identifier: MIT
// The unit is loaded and in the state it should be in; see docs/checks/service_state.md.
#include "checklist/check.hpp"

#include "semantics/exit_status.hpp"
#include "semantics/past.hpp"
#include "semantics/phase.hpp"
#include "semantics/property.hpp"
#include "semantics/span.hpp"
#include "semantics/unit_name.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using semantics::Life;
using semantics::Past;
using semantics::Phase;
using semantics::Span;

struct Params {
  std::optional<ActiveState> active;
  std::optional<std::string> sub;
  std::uint64_t max_restarts = 3;
  std::optional<Span> restart_window;
  Span start_timeout{10min};
  std::optional<Span> max_runtime;
};

constexpr std::tuple fields{
    Field{"active", &Params::active,
          "the ActiveState it should have; by default active, and a oneshot's last run succeeded"},
    Field{"sub", &Params::sub, "the SubState it should have; by default any of that ActiveState"},
    Field{"max_restarts", &Params::max_restarts,
          "automatic restarts within restart_window that are still fine; at most 63 are counted"},
    Field{"restart_window", &Params::restart_window,
          "by default the longer of 10m and (max_restarts + 1) x (RestartSec + 60s)"},
    Field{"start_timeout", &Params::start_timeout,
          "how long a start, stop or reload may take when the unit sets no limit"},
    Field{"max_runtime", &Params::max_runtime, "how long a oneshot may run; by default any time"}};

constexpr Duration default_job_timeout = 5min;
constexpr auto good_run = "its last run succeeds";

Finding finding(Status status, std::string reason, std::string expected, std::string observed,
                std::string hint = {}) {
  return {.status = status,
          .subject = "state",
          .reason = std::move(reason),
          .expected = std::move(expected),
          .observed = std::move(observed),
          .hint = std::move(hint),
          .details = {}};
}

Finding failed(std::string reason, std::string expected, std::string observed, std::string hint) {
  return finding(Status::fail, std::move(reason), std::move(expected), std::move(observed),
                 std::move(hint));
}

Finding passed(std::string expected, std::string observed) {
  return finding(Status::pass, {}, std::move(expected), std::move(observed));
}

// "`systemctl --user restart x.service`"
std::string command(const View& see, const std::string& verb, std::string unit = {}) {
  const bool is_users = !see.spec().user.empty();
  const std::string program = verb == "journal" ? "journalctl" : "systemctl";
  unit = unit.empty() ? see.unit() : std::move(unit);
  return "`" + program + (is_users ? " --user " : " ") + (verb == "journal" ? "-u" : verb) + " " +
         unit + "`";
}

std::string look_and(const View& see, const std::string& verb) {
  return "run " + command(see, "journal") + ", mend what it shows, then run " + command(see, verb);
}

// How it ended last, also when only `Result` tells: it may never have got to its main process.
std::string last_end(View& see, const Past& past) {
  const std::string result = semantics::text_property(see, "Result");
  if (past.run && (result.empty() || past.run->result == result)) {
    return semantics::outcome(*past.run);
  }
  return result.empty() ? "failed" : result;
}

Finding not_loaded(View& see, const Unit& unit) {
  const std::string load(text(unit.load));
  switch (unit.load) {
    case LoadState::masked:
      return failed("masked", "loaded", load, "run " + command(see, "unmask"));
    case LoadState::not_found:
      return failed("not_found", "loaded", load,
                    "install the unit file of " + see.unit() + " or remove its spec");
    case LoadState::bad_setting:
    case LoadState::error: {
      const auto error = semantics::property<Values>(see, "LoadError").value_or(Values{});
      const auto* told = error.size() > 1 ? error[1].get<std::string>() : nullptr;
      return failed("load_error", "loaded",
                    told != nullptr && !told->empty() ? load + ": " + *told : load,
                    "run `systemd-analyze verify " + see.unit() +
                        "`, mend the unit file, then run " + "`systemctl daemon-reload`");
    }
    default:
      return finding(Status::unknown, "load_state", "loaded", load,
                     "run " + command(see, "status"));
  }
}

struct Limit {
  Duration length;
  std::string waiting;  // the reason before it is over
  std::string over;     // and after
};

// Unknown until the moment, then a failure.
Finding waiting(View& see, const Life& life, const Limit& limit, const std::string& observed) {
  const bool is_over = life.since && see.passed(semantics::after(*life.since, limit.length));
  return is_over ? failed(limit.over, "active", observed + " for longer than it may",
                          look_and(see, "restart"))
                 : finding(Status::unknown, limit.waiting, "active", observed,
                           "wait, or run " + command(see, "status"));
}

// The unit's own limit; the given one where it sets none. Sockets, mounts and swaps have a single
// one.
Duration limit_of(View& see, const std::string& of_services, Span otherwise) {
  const auto type = semantics::unit_type(see.unit());
  const bool has_one = type == "socket" || type == "mount" || type == "swap";
  if (type != "service" && !has_one) {
    return otherwise.length;
  }
  const auto usec = semantics::usec_property(see, has_one ? "TimeoutUSec" : of_services);
  return usec ? Duration{static_cast<std::int64_t>(*usec)} : otherwise.length;
}

// What it needs and what is not there, as the reason of a refused start.
std::string missing_need(View& see) {
  for (const char* edge : {"Requires", "Requisite", "BindsTo"}) {
    for (const std::string& name : semantics::list_property(see, edge)) {
      const auto& need = see[UnitKey{name}];
      if (need && need->load == LoadState::loaded && need->active == ActiveState::failed) {
        return name;
      }
      if (need && (need->load == LoadState::not_found || need->load == LoadState::masked)) {
        return name;
      }
    }
  }
  return {};
}

Finding refused(View& see, const Refusal& refusal, const std::string& expected) {
  const std::string start = ", then run " + command(see, "start");
  Finding out = failed("refused", expected, "its start was refused: " + refusal.result,
                       look_and(see, "start"));
  if (refusal.result == "condition") {
    const std::string unmet = semantics::unmet_condition(refusal);
    out =
        failed("condition", expected,
               "its start was skipped: " + (unmet.empty() ? "a condition" : unmet) + " is not met",
               "make its condition true or remove it" + start);
  } else if (refusal.result == "assert") {
    out = failed("assert", expected, "its start was refused: an assertion is not met",
                 "make its assertion true or remove it" + start);
  } else if (refusal.result == "dependency") {
    const std::string need = missing_need(see);
    out = failed("dependency", expected,
                 "its start was refused: " +
                     (need.empty() ? "a dependency failed" : need + ", which it needs, failed"),
                 "run " + command(see, "status", need) + ", mend what it shows" + start);
  }
  out.details = refusal.what;
  return out;
}

bool is_booting(View& see) {
  const auto& host = see[HostKey{}];
  return host && (host->state == SystemState::starting || host->state == SystemState::initializing);
}

// Whether what pulls it in has been reached in this boot, or still may be.
bool is_pulled_in(View& see) {
  bool is_reached = false;
  bool is_wanted = false;
  for (const char* edge : {"WantedBy", "RequiredBy", "UpheldBy"}) {
    for (const std::string& name : semantics::list_property(see, edge)) {
      const auto& puller = see[UnitKey{name}];
      is_reached |= puller && puller->active == ActiveState::active;
      is_wanted = true;
    }
  }
  return is_reached || (is_wanted && is_booting(see));
}

// A oneshot's last run, of whatever boot; kept runs serve when the journal was vacuumed.
std::optional<Run> known_run(View& see, const Past& past) {
  if (past.run) {
    return past.run;
  }
  const auto& record = see[RecordKey{see.unit()}];
  return record ? record->last_run : std::nullopt;
}

Finding never_ran(View& see, const Past& past, bool must_have_run) {
  const std::string hint = "run " + command(see, "start");
  if (must_have_run && !past.blind) {
    return finding(is_booting(see) ? Status::unknown : Status::fail, "not_run", "it runs at boot",
                   "it has not run since boot", hint);
  }
  if (past.blind) {
    return unknown("state", good_run, *past.blind);
  }
  return finding(Status::unknown, "not_run", good_run, "no run of it is known", hint + " once");
}

// A oneshot between two runs, or at work: what its last run came to.
Finding last_run(View& see, bool is_running) {
  const Past past = semantics::past_of(see);
  if (past.refusal && !is_running && past.refusal->result != "canceled") {
    return refused(see, *past.refusal, good_run);
  }
  const auto run = known_run(see, past);
  const bool must_have_run = !is_running && !semantics::is_triggered(see) && is_pulled_in(see);
  if (!run || (must_have_run && !run->this_boot)) {
    return is_running ? finding(Status::unknown, "running", good_run, "its first run is not over",
                                "wait, or run " + command(see, "status"))
                      : never_ran(see, past, must_have_run);
  }
  if (run->result != "success") {
    return failed("run_failed", good_run, "its last run: " + semantics::outcome(*run),
                  look_and(see, "start"));
  }
  return passed(good_run, "its last run succeeded");
}

Finding running_once(const Params& want, View& see, const Life& life) {
  if (want.max_runtime && life.since &&
      see.passed(semantics::after(*life.since, want.max_runtime->length))) {
    return failed("max_runtime", "done within " + semantics::print_span(*want.max_runtime),
                  "still running", "run " + command(see, "status"));
  }
  return last_run(see, true);
}

Finding down(const Params& want, View& see, const Unit& unit) {
  const std::string expected(text(want.active.value_or(ActiveState::active)));
  const std::string actual(text(unit.active));
  const Past past = semantics::past_of(see);
  if (unit.active == ActiveState::failed) {
    return failed("failed", expected, "failed: " + last_end(see, past), look_and(see, "restart"));
  }
  if (past.refusal && past.refusal->this_boot && past.refusal->result != "canceled") {
    return refused(see, *past.refusal, expected);
  }
  if (unit.active != ActiveState::inactive) {
    return failed("other_state", expected, actual, "run " + command(see, "status"));
  }
  return failed("inactive", expected, actual, look_and(see, "start"));
}

Finding up(const Params& want, View& see, const Unit& unit) {
  const std::string state(text(unit.active));
  const std::string expected(text(want.active.value_or(ActiveState::active)));
  if (want.sub && *want.sub != unit.sub) {
    return failed("sub_state", expected + "/" + *want.sub, state + "/" + unit.sub,
                  "run " + command(see, "status"));
  }
  return passed(want.sub ? expected + "/" + *want.sub : expected, state);
}

// A oneshot that begins or ends a run is what its last run was, while nothing takes too long.
Finding waiting_quietly(View& see, const Life& life, const Limit& limit,
                        const std::string& observed) {
  Finding wait = waiting(see, life, limit, observed);
  const bool rests = semantics::is_oneshot(see) &&
                     !semantics::property<bool>(see, "RemainAfterExit").value_or(false);
  if (wait.status == Status::unknown && rests) {
    Finding before = last_run(see, life.phase == Phase::deactivating);
    return before.status == Status::pass ? before : wait;
  }
  return wait;
}

Finding reloading(const Params& want, View& see, const Life& life) {
  const Duration limit = limit_of(see, "TimeoutStartUSec", want.start_timeout);
  if (life.since && see.passed(semantics::after(*life.since, limit))) {
    return failed("reload_timeout", "active", "its reload never finished",
                  "run " + command(see, "restart"));
  }
  return passed("active", "reloading");
}

Finding judge(const Params& want, View& see, const Unit& unit, const Life& life) {
  const Span& timeout = want.start_timeout;
  switch (life.phase) {
    case Phase::not_loaded:
      return not_loaded(see, unit);
    case Phase::frozen:
      return failed("frozen", "active", "frozen", "run " + command(see, "thaw"));
    case Phase::up:
    case Phase::settling:
      return up(want, see, unit);
    case Phase::queued: {
      const auto own = semantics::usec_property(see, "JobTimeoutUSec");
      const Duration limit = own ? Duration{static_cast<std::int64_t>(*own)} : default_job_timeout;
      return waiting_quietly(see, life, {limit, "queued", "job_timeout"}, "waits for its start");
    }
    case Phase::crash_looping:
      return failed(
          "crash_loop", "active",
          "waits for an automatic restart after " + last_end(see, semantics::past_of(see)),
          look_and(see, "restart"));
    case Phase::activating:
      return waiting(see, life,
                     {limit_of(see, "TimeoutStartUSec", timeout), "starting", "start_timeout"},
                     "activating");
    case Phase::deactivating:
      return waiting_quietly(
          see, life, {limit_of(see, "TimeoutStopUSec", timeout), "stopping", "stop_timeout"},
          "deactivating");
    case Phase::running_once:
      return running_once(want, see, life);
    case Phase::reloading:
      return reloading(want, see, life);
    case Phase::on_demand:
      return passed("active or started on demand", "on demand, by " + life.trigger);
    case Phase::rests:
      return last_run(see, false);
    default:
      return down(want, see, unit);
  }
}

// Long enough that a service that waits long before each restart cannot hide.
Duration restart_window(const Params& want, View& see) {
  if (want.restart_window) {
    return want.restart_window->length;
  }
  constexpr std::uint64_t longest_pause = 86'400'000'000;
  const auto pause =
      std::min(std::max(semantics::usec_property(see, "RestartUSec").value_or(0),
                        semantics::usec_property(see, "RestartMaxDelayUSec").value_or(0)),
               longest_pause);
  const auto times = static_cast<std::int64_t>(std::min<std::uint64_t>(want.max_restarts, 64)) + 1;
  return std::max<Duration>(10min, times * (Duration{static_cast<std::int64_t>(pause)} + 60s));
}

// NRestarts counts from the last start by hand, which settles what was before; the journal tells
// when each was.
Findings restarts(const Params& want, View& see, const Unit& unit) {
  const auto count = semantics::property<std::uint64_t>(see, "NRestarts").value_or(0);
  if (count <= want.max_restarts) {
    return {};
  }
  const auto window = restart_window(want, see);
  const auto most = static_cast<std::size_t>(want.max_restarts);
  const std::string within =
      std::to_string(most) + " automatic restarts within " + semantics::print_span(Span{window});
  const auto& history = see[HistoryKey{unit.id}];
  if (!history) {
    return {unknown("restarts", "at most " + within, history.unseen())};
  }
  const auto& times = history->restarts;
  const bool too_many =
      times.size() > most && !see.passed(semantics::after(times[times.size() - 1 - most], window));
  if (!too_many) {
    return {};
  }
  Finding out =
      failed("restarts", "at most " + within, "more than " + within, look_and(see, "restart"));
  out.subject = "restarts";
  out.details = std::to_string(count) + " since it was last started by hand";
  return {out};
}

Findings evaluate(const Params& want, View& see) {
  const auto& seen = see[UnitKey{see.unit()}];
  if (!seen) {
    const auto expected = text(want.active.value_or(ActiveState::active));
    return {unknown("state", std::string(expected), seen.unseen())};
  }
  const Unit unit = *seen;
  (void)see[HistoryKey{unit.id}];  // followed from the first look on, so that it is there in time
  Findings out{judge(want, see, unit, semantics::life_of(see, want.active))};
  const bool may_restart =
      unit.load == LoadState::loaded && semantics::unit_type(unit.id) == "service";
  if (may_restart) {
    std::ranges::move(restarts(want, see, unit), std::back_inserter(out));
  }
  return out;
}

// A oneshot needs nothing said: its last run is judged.
Params capture(View& see) {
  Params out;
  const auto& unit = see[UnitKey{see.unit()}];
  if (unit && unit->load == LoadState::loaded && unit->active != ActiveState::active &&
      semantics::life_of(see).phase == Phase::down) {
    out.active = unit->active;
  }
  return out;
}
}  // namespace

extern const CheckDef service_state;
const CheckDef service_state = check<Params, fields, evaluate, capture>(
    "the unit is loaded and in its expected state", Runs::always);
}  // namespace checklist::checks
