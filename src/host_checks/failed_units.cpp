// SPDX-License-Identifier: MIT
// No unit of the manager is failed, with or without a spec; see docs/checks/failed_units.md.
#include <algorithm>

#include "checklist/check.hpp"

#include "checks/view/command.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::host_checks {
namespace {
using semantics::UnitName;

struct Params {
  std::vector<UnitName> allow;
};

constexpr std::tuple fields{Field{"allow", &Params::allow, "units that may be failed"}};

Findings evaluate(const Params& want, HostView& see) {
  constexpr auto expected = "no failed units";
  const auto& failed = see[FailedUnitsKey{}];
  if (!failed) {
    return {unknown("units", expected, failed.unseen())};
  }
  Findings out;
  for (const std::string& unit : *failed) {
    if (std::ranges::find(want.allow, unit, &UnitName::name) == want.allow.end()) {
      const Spec spec = see.spec_of(unit);
      out.push_back(
          fail({.subject = unit,
                .reason = "failed",
                .expected = "unit is not failed",
                .observed = "unit is failed",
                .hint = "run " + checks::systemctl(spec, "status") + ", fix the cause, then run " +
                        checks::systemctl(spec, "reset-failed")}));
    }
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
