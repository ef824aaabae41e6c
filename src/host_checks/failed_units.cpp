// SPDX-License-Identifier: MIT
// No unit of the manager is failed, whether anybody wrote a spec for it or not; see
// docs/checks/failed_units.md.
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
  const std::string expected = "no unit is failed";
  const auto& failed = see[FailedUnitsKey{}];
  if (!failed) {
    return {unknown("units", expected, failed.unseen())};
  }
  Findings out;
  for (const std::string& unit : *failed) {
    if (std::ranges::find(want.allow, unit, &UnitName::name) == want.allow.end()) {
      const Spec spec = see.spec_of(unit);
      out.push_back({.status = Status::fail,
                     .subject = unit,
                     .reason = "failed",
                     .expected = "it is not failed",
                     .observed = "it is failed",
                     .hint = "run " + checks::systemctl(spec, "status") +
                             " and correct the cause, then run " +
                             checks::systemctl(spec, "reset-failed"),
                     .details = {}});
    }
  }
  if (out.empty()) {
    out.push_back({.status = Status::pass,
                   .subject = "units",
                   .reason = {},
                   .expected = expected,
                   .observed = "none is",
                   .hint = {},
                   .details = {}});
  }
  return out;
}
}  // namespace

extern const HostCheckDef failed_units;
const HostCheckDef failed_units = host_check<Params, fields, evaluate>(
    "no unit of the whole manager is failed", RunsWhen::always);
}  // namespace checklist::host_checks
