// SPDX-License-Identifier: MIT
// No unit of the manager is failed, nor one of a user's manager whose instance reports; see
// docs/checks/failed_units.md. Those whose state a spec watches are left to service_state.
#include <algorithm>
#include <set>

#include "checklist/check.hpp"

#include "checks/view/command.hpp"
#include "semantics/unit/spec_name.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::host_checks {
namespace {
using semantics::UnitName;

struct Params {
  std::vector<UnitName> allow;
};

constexpr auto judge = "service_state";  // the check of a spec that fails for a failed unit

constexpr std::tuple fields{Field{"allow", &Params::allow, "units that may be failed"}};

// `of` is a spec of nothing but the unit and its manager's user.
Finding on_failed(const HostView& see, const Spec& of) {
  const bool is_foreign = of.user != see.scene().user;
  const std::string whose = is_foreign ? " of user " + of.user : "";
  return fail({.subject = is_foreign ? semantics::spec_name(of) : of.unit,
               .reason = "failed",
               .expected = "unit is not failed",
               .observed = "unit" + whose + " is failed",
               .hint = "run " + checks::systemctl(of, "status") +
                       (is_foreign ? " as user " + of.user : "") + ", fix the cause, then run " +
                       checks::systemctl(of, "reset-failed")});
}

// Returns the users of enabled specs, whose instances report to this one.
std::set<std::string> reporting_users(const HostInputs& scene) {
  std::set<std::string> out;
  for (const Spec& spec : scene.specs) {
    if (spec.enabled && spec.user != scene.user) {
      out.insert(spec.user);
    }
  }
  return out;
}

// Returns the user's units whose state a spec watches.
std::set<std::string> watched_by_spec(HostView& see, const std::string& user) {
  std::set<std::string> out;
  for (const Spec& spec : see.scene().specs) {
    if (!spec.enabled || spec.user != user || spec.switched_off.contains(judge)) {
      continue;
    }
    out.insert(spec.unit);
    if (user == see.scene().user) {
      const auto& unit = see[UnitKey{spec.unit}];
      out.insert(unit ? unit->id : spec.unit);  // the spec may have an alias
    }
  }
  return out;
}

// A user whose instance does not report is a matter of the check `coverage`.
void add_failed_of_user(HostView& see, const std::string& user, Findings& out) {
  const auto& publisher = see[PublisherKey{user}];
  if (!publisher || !publisher->last_report ||
      see.passed(*publisher->last_report + user_report_valid_for)) {
    return;
  }
  const std::set<std::string> watched = watched_by_spec(see, user);
  Spec spec;
  spec.user = user;
  for (const std::string& unit : publisher->failed_units) {
    if (!watched.contains(unit)) {
      spec.unit = unit;
      out.push_back(on_failed(see, spec));
    }
  }
}

Findings evaluate(const Params& want, HostView& see) {
  constexpr auto expected = "no failed units without a spec";
  const auto& failed = see[FailedUnitsKey{}];
  if (!failed) {
    return {unknown("units", expected, failed.unseen())};
  }
  Findings out;
  const auto watched = failed->empty() ? std::set<std::string>()
                                       : watched_by_spec(see, std::string(see.scene().user));
  for (const std::string& unit : *failed) {
    if (!watched.contains(unit) &&
        std::ranges::find(want.allow, unit, &UnitName::name) == want.allow.end()) {
      out.push_back(on_failed(see, see.spec_of(unit)));
    }
  }
  for (const std::string& user : reporting_users(see.scene())) {
    add_failed_of_user(see, user, out);
  }
  return out.empty()
             ? Findings{pass({.subject = "units", .expected = expected, .observed = expected})}
             : out;
}
}  // namespace

extern const HostCheckDef failed_units;
const HostCheckDef failed_units =
    host_check<Params, fields, evaluate>("no unit without a spec is failed", RunsWhen::always);
}  // namespace checklist::host_checks
