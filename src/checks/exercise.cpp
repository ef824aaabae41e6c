// SPDX-License-Identifier: MIT
// `checklistctl exercise` stopped and started the unit, used its toggles, and found everything in
// order, with the definition that it has now; see docs/checks/exercise.md.
#include "checklist/check.hpp"

#include "checks/view/command.hpp"
#include "semantics/time/deadline.hpp"
#include "semantics/time/span.hpp"
#include "semantics/unit/definition_lines.hpp"

namespace checklist::checks {
namespace {
using semantics::Span;

struct Params {
  std::optional<Span> max_age;
};

constexpr std::tuple fields{
    Field{"max_age", &Params::max_age, "how long ago it may be; by default any time"}};

std::string advice(const View& see) {
  return "run " + checklistctl(see.spec(), "exercise", see.unit()) + " when it may be stopped";
}

Findings of_steps(const Exercise& exercise, const View& see) {
  Findings out;
  for (const ExerciseStep& step : exercise.steps) {
    const std::string expected = step.name + " succeeds";
    if (step.outcome == Outcome::failed) {
      out.push_back(fail({.subject = step.name,
                          .reason = "failed",
                          .expected = expected,
                          .observed = step.name + " failed",
                          .hint = "correct the cause, then " + advice(see),
                          .details = step.text}));
    } else if (step.outcome == Outcome::passed) {
      out.push_back(pass({.subject = step.name, .expected = expected, .observed = expected}));
    }
  }
  return out;
}

std::optional<Finding> overdue(const Exercise& exercise, const std::optional<Span>& max_age,
                               View& see) {
  if (!max_age) {
    return std::nullopt;
  }
  constexpr auto subject = "age";
  const std::string expected = "exercised within " + semantics::print_span(*max_age);
  const auto& epoch = see[WallClockKey{}];
  if (!epoch) {
    return unknown(subject, expected, epoch.unseen());
  }
  const TimePoint at{exercise.at - *epoch};
  if (!see.passed(semantics::after(at, max_age->length))) {
    return pass({.subject = subject, .expected = expected, .observed = expected});
  }
  return fail({.subject = subject,
               .reason = "overdue",
               .expected = expected,
               .observed = "last exercise is older than " + semantics::print_span(*max_age),
               .hint = advice(see)});
}

Finding definition(const Exercise& exercise, View& see, const std::string& unit) {
  constexpr auto subject = "definition";
  constexpr auto expected = "unit files are those that were exercised";
  const auto& now = see[DefinitionKey{unit}];
  if (!now) {
    return unknown(subject, expected, now.unseen());
  }
  if (semantics::definition_lines(*now) == exercise.definition) {
    return pass({.subject = subject, .expected = expected, .observed = expected});
  }
  return fail({.subject = subject,
               .reason = "outdated",
               .expected = expected,
               .observed = "unit files changed since the last exercise",
               .hint = advice(see)});
}

Findings evaluate(const Params& want, View& see) {
  constexpr auto expected = "was exercised";
  const auto& seen = see[UnitKey{see.unit()}];
  if (!seen) {
    return {unknown("exercise", expected, seen.unseen())};
  }
  const std::string unit = seen->id.empty() ? see.unit() : seen->id;
  const auto& record = see[ExerciseKey{unit}];
  if (!record) {
    return {unknown("exercise", expected, record.unseen())};
  }
  if (!*record) {
    return {fail({.subject = "exercise",
                  .reason = "never",
                  .expected = expected,
                  .observed = "was never exercised",
                  .hint = advice(see)})};
  }
  const Exercise exercise = **record;
  Findings out = of_steps(exercise, see);
  out.push_back(definition(exercise, see, unit));
  if (const auto age = overdue(exercise, want.max_age, see)) {
    out.push_back(*age);
  }
  return out;
}

// An exercise is not a state of the unit.
Params capture(View& /*see*/) {
  return {};
}
}  // namespace

extern const CheckDef exercise;
const CheckDef exercise = check<Params, fields, evaluate, capture>(
    "it was stopped, started and toggled by checklistctl exercise, and did what it should",
    RunsWhen::when_configured);
}  // namespace checklist::checks
