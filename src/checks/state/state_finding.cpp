// SPDX-License-Identifier: MIT
#include "checks/state/state_finding.hpp"

#include "checks/boot/unit_on_disk.hpp"
#include "checks/definition/next_start.hpp"
#include "checks/view/command.hpp"
#include "semantics/unit/exit_status.hpp"
#include "semantics/unit/spec_name.hpp"

namespace checklist::checks {
namespace {
// LoadError= is (D-Bus error name, message).
std::string load_error(View& see, const std::string& load) {
  const auto error = see.property<Values>("LoadError").value_or(Values{});
  const auto* message = error.size() > 1 ? error[1].get<std::string>() : nullptr;
  return message != nullptr && !message->empty() ? load + ": " + *message : load;
}

// Returns the first required unit that is failed, masked or missing; empty if there is none.
std::string broken_requirement(View& see) {
  for (const char* edge : {"Requires", "Requisite", "BindsTo"}) {
    for (const std::string& name : see.list(edge)) {
      const auto& other = see[UnitKey{name}];
      const bool is_broken =
          other && (other->active == ActiveState::failed || other->load == LoadState::not_found ||
                    other->load == LoadState::masked);
      if (is_broken) {
        return name;
      }
    }
  }
  return {};
}

Finding refused_by_dependency(View& see, const std::string& expected,
                              const std::string& then_start) {
  const std::string broken = broken_requirement(see);
  const std::string which = broken.empty() ? "a dependency" : "dependency " + broken;
  return fail({.subject = state_subject,
               .reason = "dependency",
               .expected = expected,
               .observed = "start refused: " + which + " failed",
               .hint = "run " +
                       systemctl(see, broken.empty() ? "list-dependencies" : "status", broken) +
                       ", fix the cause" + then_start});
}

Finding refused_by_condition(const PastRuns& past, const std::string& expected,
                             const std::string& then_start) {
  return fail({.subject = state_subject,
               .reason = "condition",
               .expected = expected,
               .observed = "start skipped: " + (past.unmet.empty() ? "a condition" : past.unmet) +
                           " is not met",
               .hint = "meet or remove the condition" + then_start});
}
}  // namespace

std::string inspect_then(View& see, const std::string& verb) {
  const std::string step = "read " + journalctl(see) + ", fix the cause";
  return verb == "restart" ? restart_advice(see, step)
                           : step + ", then run " + systemctl(see, verb);
}

std::string last_end(View& see, const PastRuns& past) {
  const std::string result = see.text("Result");
  if (past.run && (result.empty() || past.run->result == result)) {
    return semantics::outcome(*past.run);
  }
  return result.empty() || result == "success" ? "failed" : result;
}

// Returns whether the unit file appeared after systemd had loaded its units.
bool is_on_disk(View& see) {
  FactReader look(see);
  return unit_on_disk(look, see.unit()).is_there;
}

Finding not_loaded(View& see, const Unit& unit) {
  const std::string load(text(unit.load));
  Finding out{.subject = state_subject, .expected = "loaded", .observed = load};
  switch (unit.load) {
    case LoadState::masked:
      out.reason = "masked";
      out.hint = "run " + systemctl(see, "unmask");
      return fail(out);
    case LoadState::not_found:
      out.reason = "not_found";
      out.hint = is_on_disk(see)
                     ? "run " + daemon_reload(see) + ", then " + systemctl(see, "start")
                     : "install the unit file of " + see.unit() + ", or remove its spec and run " +
                           checklistctl(see.spec(), "forget", semantics::spec_name(see.spec()));
      return fail(out);
    case LoadState::bad_setting:
    case LoadState::error:
      out.reason = "load_error";
      out.observed = load_error(see, load);
      out.hint = "run " + systemd_analyze(see, "verify") + ", correct the unit file, then run " +
                 daemon_reload(see);
      return fail(out);
    default:
      out.reason = "load_state";
      out.hint = "run " + systemctl(see, "status");
      return unknown(out);
  }
}

Finding frozen(const View& see, const std::string& expected) {
  return fail({.subject = state_subject,
               .reason = "frozen",
               .expected = expected,
               .observed = "frozen",
               .hint = "run " + systemctl(see, "thaw")});
}

Finding on_demand(View& see, const std::string& trigger) {
  constexpr auto expected = "active or started on demand";
  const auto past = past_runs(see);
  return is_refused(past) ? refused(see, past, expected)
                          : pass({.subject = state_subject,
                                  .expected = expected,
                                  .observed = "started on demand by " + trigger});
}

Finding refused(View& see, const PastRuns& past, const std::string& expected) {
  const std::string& result = past.refusal->result;
  const std::string then_start = ", then run " + systemctl(see, "start");
  Finding out;
  if (result == "condition") {
    out = refused_by_condition(past, expected, then_start);
  } else if (result == "assert") {
    out = fail({.subject = state_subject,
                .reason = "assert",
                .expected = expected,
                .observed = "start refused: an assertion is not met",
                .hint = "meet or remove the assertion" + then_start});
  } else if (result == "dependency") {
    out = refused_by_dependency(see, expected, then_start);
  } else {
    out = fail({.subject = state_subject,
                .reason = "refused",
                .expected = expected,
                .observed = "start refused: " + result,
                .hint = inspect_then(see, "start")});
  }
  out.details = past.refusal->what;
  return out;
}
}  // namespace checklist::checks
