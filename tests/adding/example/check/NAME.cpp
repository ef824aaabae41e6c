// SPDX-License-Identifier: MIT
// The service has not been restarted too often; see docs/checks/NAME.md.
#include "checklist/check.hpp"

#include "semantics/text/count.hpp"

namespace checklist::checks {
namespace {
struct Params {
  semantics::Count<0, 1000> at_most{10};
};

constexpr std::tuple fields{Field{"at_most", &Params::at_most, "automatic restarts at most"}};

Findings evaluate(const Params& want, View& see) {
  const std::string expected = "no more restarts than at_most";
  const auto& seen = see.observed("NRestarts");
  if (!seen) {
    return {unknown("restarts", expected, seen.unseen())};
  }
  const bool is_fine = see.property<std::uint64_t>("NRestarts").value_or(0) <= want.at_most.number;
  return {is_fine ? pass({.subject = "restarts", .expected = expected, .observed = "no more"})
                  : fail({.subject = "restarts",
                          .reason = "too_many",
                          .expected = expected,
                          .observed = "more",
                          .hint = "correct the cause"})};
}

Params capture(View& /*see*/) {
  return {};
}
}  // namespace

extern const CheckDef NAME;
const CheckDef NAME = check<Params, fields, evaluate, capture>(
    "the service has not been restarted too often", RunsWhen::when_configured);
}  // namespace checklist::checks
