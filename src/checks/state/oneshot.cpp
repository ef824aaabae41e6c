// SPDX-License-Identifier: MIT
#include "checks/state/oneshot.hpp"

#include "checks/state/booting.hpp"
#include "checks/state/past.hpp"
#include "checks/state/state_finding.hpp"
#include "checks/view/command.hpp"
#include "semantics/unit/exit_status.hpp"

namespace checklist::checks {
namespace {
constexpr auto good_run = "its last run succeeds";

struct KnownRun {
  std::optional<Run> run;
  std::optional<Unseen> blind;  // why there may be one that is not known
};

// Of whatever boot. What we saw ourselves serves where the journal does not tell of this boot.
KnownRun known_run(View& see, const Past& past) {
  KnownRun out{.run = past.run, .blind = past.blind};
  if (past.run && past.run->this_boot) {
    return out;
  }
  const auto& record = see[RecordKey{see.unit()}];
  if (!record) {
    out.blind = past.blind ? *past.blind : record.unseen();
  } else if (record->last_run && (!out.run || record->last_run->ended > out.run->ended)) {
    out.run = record->last_run;
  }
  return out;
}

enum class Due { not_at_boot, soon, by_now };

// What pulls a unit in, besides triggers.
struct Pull {
  bool is_wanted = false;
  bool is_reached = false;  // one that does is active
  std::optional<Unseen> blind;
};

Pull pull_of(View& see) {
  Pull out;
  out.blind = see.unseen_among({"TriggeredBy", "WantedBy", "RequiredBy", "UpheldBy"});
  for (const char* edge : {"WantedBy", "RequiredBy", "UpheldBy"}) {
    for (const std::string& name : see.list(edge)) {
      const auto& puller = see[UnitKey{name}];
      out.is_wanted = true;
      if (!puller) {
        out.blind = puller.unseen();
      } else if (puller->active == ActiveState::active) {
        out.is_reached = true;
      }
    }
  }
  return out;
}

// Whether the boot pulls it in, and should have run it by now.
Observed<Due> due(View& see) {
  if (!see.list("TriggeredBy").empty()) {
    return Due::not_at_boot;
  }
  const Pull pull = pull_of(see);
  const auto booting = is_booting(see);
  if (pull.blind || !booting) {
    return pull.blind ? *pull.blind : booting.unseen();
  }
  if (!pull.is_wanted) {
    return Due::not_at_boot;
  }
  return *booting ? Due::soon : pull.is_reached ? Due::by_now : Due::not_at_boot;
}

Finding on_run(const View& see, const Run& run) {
  return run.result == "success"
             ? state_finding(Status::pass, {}, good_run, "its last run succeeded")
             : state_finding(Status::fail, "run_failed", good_run,
                             "its last run: " + semantics::outcome(run), look_and(see, "start"));
}

Finding while_running(const View& see, const KnownRun& known) {
  return known.run ? on_run(see, *known.run)
                   : state_finding(Status::unknown, "running", good_run,
                                   "its first known run is not over",
                                   "wait, or run " + systemctl(see, "status"));
}

Finding not_run_since_boot(const View& see, Due due) {
  return state_finding(
      due == Due::by_now ? Status::fail : Status::unknown, "not_run", "it runs at boot",
      "it has not run since boot",
      due == Due::by_now ? "run " + systemctl(see, "start") : "wait until the boot is over");
}

// Between two runs, none of which ended in this boot.
Finding before_first_run(View& see, const KnownRun& known) {
  const auto needed = due(see);
  if (!needed) {
    return unknown("state", good_run, needed.unseen());
  }
  const bool is_due = *needed != Due::not_at_boot;
  if (known.blind && (is_due || !known.run)) {
    return unknown("state", good_run, *known.blind);
  }
  if (is_due) {
    return not_run_since_boot(see, *needed);
  }
  return known.run ? on_run(see, *known.run)
                   : state_finding(Status::unknown, "not_run", good_run, "no run of it is known",
                                   "run " + systemctl(see, "start") + " once");
}
}  // namespace

Finding last_run(View& see, const Unit& unit) {
  const Past past = past_of(see);
  if (unit.active == ActiveState::activating) {
    return while_running(see, known_run(see, past));
  }
  if (unit.active == ActiveState::failed) {
    return state_finding(Status::fail, "run_failed", good_run,
                         "its last run: " + last_end(see, past), look_and(see, "start"));
  }
  if (is_refused(past)) {
    return refused(see, past, good_run);
  }
  const KnownRun known = known_run(see, past);
  return known.run && known.run->this_boot ? on_run(see, *known.run) : before_first_run(see, known);
}
}  // namespace checklist::checks
