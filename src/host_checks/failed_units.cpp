// SPDX-License-Identifier: MIT
// No unit of the manager is failed, with or without a spec, nor one of a user's manager whose
// instance reports; see docs/checks/failed_units.md.
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

// A user whose instance does not report is a matter of the check `coverage`.
void add_failed_of_user(HostView& see, const std::string& user, Findings& out) {
  const auto& publisher = see[PublisherKey{user}];
  if (!publisher || !publisher->last_report ||
      see.passed(*publisher->last_report + user_report_valid_for)) {
    return;
  }
  Spec spec;
  spec.user = user;
  for (const std::string& unit : publisher->failed_units) {
    spec.unit = unit;
    out.push_back(on_failed(see, spec));
  }
}

Findings evaluate(const Params& want, HostView& see) {
  constexpr auto expected = "no failed units";
  const auto& failed = see[FailedUnitsKey{}];
  if (!failed) {
    return {unknown("units", expected, failed.unseen())};
  }
  Findings out;
  for (const std::string& unit : *failed) {
    if (std::ranges::find(want.allow, unit, &UnitName::name) == want.allow.end()) {
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
const HostCheckDef failed_units = host_check<Params, fields, evaluate>(
    "no unit of the whole manager is failed", RunsWhen::always);
}  // namespace checklist::host_checks
