// SPDX-License-Identifier: MIT
#include "checks/state/state_finding.hpp"

#include "checks/view/command.hpp"
#include "semantics/unit/exit_status.hpp"

namespace checklist::checks {
namespace {
Finding failed(std::string reason, std::string expected, std::string observed, std::string hint) {
  return state_finding(Status::fail, std::move(reason), std::move(expected), std::move(observed),
                       std::move(hint));
}

// LoadError is (name of a D-Bus error, message).
std::string load_error(View& see, const std::string& load) {
  const auto error = see.property<Values>("LoadError").value_or(Values{});
  const auto* told = error.size() > 1 ? error[1].get<std::string>() : nullptr;
  return told != nullptr && !told->empty() ? load + ": " + *told : load;
}

// What it needs and what is not there, as the reason of a refused start.
std::string missing_need(View& see) {
  for (const char* edge : {"Requires", "Requisite", "BindsTo"}) {
    for (const std::string& name : see.list(edge)) {
      const auto& need = see[UnitKey{name}];
      const bool is_bad =
          need && (need->active == ActiveState::failed || need->load == LoadState::not_found ||
                   need->load == LoadState::masked);
      if (is_bad) {
        return name;
      }
    }
  }
  return {};
}

Finding refused_by_need(View& see, const std::string& expected, const std::string& then_start) {
  const std::string need = missing_need(see);
  const std::string which = need.empty() ? "a dependency" : need + ", which it needs,";
  return failed("dependency", expected, "its start was refused: " + which + " failed",
                "run " + systemctl(see, need.empty() ? "list-dependencies" : "status", need) +
                    ", mend what it shows" + then_start);
}
}  // namespace

Finding state_finding(Status status, std::string reason, std::string expected, std::string observed,
                      std::string hint) {
  return {.status = status,
          .subject = "state",
          .reason = std::move(reason),
          .expected = std::move(expected),
          .observed = std::move(observed),
          .hint = std::move(hint),
          .details = {}};
}

std::string look_and(const View& see, const std::string& verb) {
  return "run " + journalctl(see) + ", mend what it shows, then run " + systemctl(see, verb);
}

std::string last_end(View& see, const Past& past) {
  const std::string result = see.text("Result");
  if (past.run && (result.empty() || past.run->result == result)) {
    return semantics::outcome(*past.run);
  }
  return result.empty() || result == "success" ? "failed" : result;
}

Finding not_loaded(View& see, const Unit& unit) {
  const std::string load(text(unit.load));
  switch (unit.load) {
    case LoadState::masked:
      return failed("masked", "loaded", load, "run " + systemctl(see, "unmask"));
    case LoadState::not_found:
      return failed("not_found", "loaded", load,
                    "install the unit file of " + see.unit() + ", or remove its spec and run " +
                        "`checklistctl forget " + see.unit() + "`");
    case LoadState::bad_setting:
    case LoadState::error:
      return failed("load_error", "loaded", load_error(see, load),
                    "run " + systemd_analyze(see, "verify") + ", correct the unit file, then run " +
                        daemon_reload(see));
    default:
      return state_finding(Status::unknown, "load_state", "loaded", load,
                           "run " + systemctl(see, "status"));
  }
}

Finding refused(View& see, const Past& past, const std::string& expected) {
  const std::string& result = past.refusal->result;
  const std::string then_start = ", then run " + systemctl(see, "start");
  Finding out;
  if (result == "condition") {
    out = failed("condition", expected,
                 "its start was skipped: " + (past.unmet.empty() ? "a condition" : past.unmet) +
                     " is not met",
                 "make its condition true or remove it" + then_start);
  } else if (result == "assert") {
    out = failed("assert", expected, "its start was refused: an assertion is not met",
                 "make its assertion true or remove it" + then_start);
  } else if (result == "dependency") {
    out = refused_by_need(see, expected, then_start);
  } else {
    out = failed("refused", expected, "its start was refused: " + result, look_and(see, "start"));
  }
  out.details = past.refusal->what;
  return out;
}
}  // namespace checklist::checks
