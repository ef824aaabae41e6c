// SPDX-License-Identifier: MIT
#include "checks/state/oneshot.hpp"

#include "checks/state/activation.hpp"
#include "checks/state/past_runs.hpp"
#include "checks/state/state_finding.hpp"
#include "checks/view/command.hpp"
#include "semantics/unit/exit_status.hpp"

namespace checklist::checks {
namespace {
constexpr auto good_run = "last run succeeded";

struct KnownRun {
  std::optional<Run> run;
  std::optional<Unseen> unseen;  // why there may be a later one
};

// Returns the last run of any boot. checklistd's own record is used if the journal has no run of
// this boot.
KnownRun known_run(View& see, const PastRuns& past) {
  KnownRun out{.run = past.run, .unseen = past.no_history};
  // Asked for in any case: the state file keeps records that a check asks for, and after a reboot
  // the journal may have been vacuumed.
  const auto& record = see[RecordKey{see.unit()}];
  if (past.run && past.run->this_boot) {
    return out;
  }
  if (!record) {
    out.unseen = past.no_history ? *past.no_history : record.unseen();
  } else if (record->last_run && (!out.run || record->last_run->ended > out.run->ended)) {
    out.run = record->last_run;
  }
  return out;
}

enum class Due { not_at_boot, soon, by_now };

// The units that pull this one in, other than triggers.
struct Pull {
  bool is_wanted = false;
  bool is_reached = false;  // one of them is active
  std::optional<Unseen> unseen;
};

Pull pull_of(View& see) {
  Pull out;
  out.unseen = see.unseen_among({"TriggeredBy", "WantedBy", "RequiredBy", "UpheldBy"});
  for (const char* edge : {"WantedBy", "RequiredBy", "UpheldBy"}) {
    for (const std::string& name : see.list(edge)) {
      const auto& puller = see[UnitKey{name}];
      out.is_wanted = true;
      if (!puller) {
        out.unseen = puller.unseen();
      } else if (puller->active == ActiveState::active) {
        out.is_reached = true;
      }
    }
  }
  return out;
}

// Returns whether the boot pulls the unit in, and should have run it by now.
Observed<Due> due(View& see) {
  if (!see.list("TriggeredBy").empty()) {
    return Due::not_at_boot;
  }
  const Pull pull = pull_of(see);
  const auto booting = is_booting(see);
  if (pull.unseen || !booting) {
    return pull.unseen ? *pull.unseen : booting.unseen();
  }
  if (!pull.is_wanted) {
    return Due::not_at_boot;
  }
  return *booting ? Due::soon : pull.is_reached ? Due::by_now : Due::not_at_boot;
}

Finding run_failed(View& see, const std::string& how) {
  return fail({.subject = state_subject,
               .reason = "run_failed",
               .expected = good_run,
               .observed = "last run failed: " + how,
               .hint = inspect_then(see, "start")});
}

Finding on_run(View& see, const Run& run) {
  return run.result == "success"
             ? pass({.subject = state_subject, .expected = good_run, .observed = good_run})
             : run_failed(see, semantics::outcome(run));
}

Finding while_running(View& see, const KnownRun& known) {
  return known.run ? on_run(see, *known.run)
                   : unknown({.subject = state_subject,
                              .reason = "running",
                              .expected = good_run,
                              .observed = "still in its first known run",
                              .hint = "wait, or run " + systemctl(see, "status")});
}

Finding not_run_since_boot(const View& see, Due due) {
  const Finding out{.subject = state_subject,
                    .reason = "not_run",
                    .expected = "runs at boot",
                    .observed = "no run since boot",
                    .hint = due == Due::by_now ? "run " + systemctl(see, "start")
                                               : "wait until the boot has finished"};
  return due == Due::by_now ? fail(out) : unknown(out);
}

// The unit is inactive, and no run ended in this boot.
Finding before_first_run(View& see, const KnownRun& known) {
  const auto needed = due(see);
  if (!needed) {
    return unknown(state_subject, good_run, needed.unseen());
  }
  const bool is_due = *needed != Due::not_at_boot;
  if (known.unseen && (is_due || !known.run)) {
    return unknown(state_subject, good_run, *known.unseen);
  }
  if (is_due) {
    return not_run_since_boot(see, *needed);
  }
  return known.run ? on_run(see, *known.run)
                   : unknown({.subject = state_subject,
                              .reason = "not_run",
                              .expected = good_run,
                              .observed = "no run is known",
                              .hint = "run " + systemctl(see, "start") + " once"});
}
}  // namespace

Finding last_run(View& see, const Unit& unit) {
  const PastRuns past = past_runs(see);
  if (unit.active == ActiveState::activating) {
    return while_running(see, known_run(see, past));
  }
  if (unit.active == ActiveState::failed) {
    return run_failed(see, last_end(see, past));
  }
  if (is_refused(past)) {
    return refused(see, past, good_run);
  }
  const KnownRun known = known_run(see, past);
  return known.run && known.run->this_boot ? on_run(see, *known.run) : before_first_run(see, known);
}
}  // namespace checklist::checks
