// SPDX-License-Identifier: MIT
// Every unit that must be watched is watched: expected units have a spec, no spec has vanished, and
// each user's instance publishes its report; see docs/checks/coverage.md.
#include <algorithm>
#include <set>

#include "checklist/check.hpp"

#include "checks/state/activation.hpp"
#include "checks/view/command.hpp"
#include "semantics/unit/spec_name.hpp"

namespace checklist::host_checks {
namespace {
using namespace std::chrono_literals;
using semantics::spec_name;

constexpr Duration silence_allowed =
    30s;  // after a report is no longer valid, for a restart of the instance
constexpr Duration start_allowed = 60s;  // until the first report, once the boot has finished

struct Params {
  std::vector<std::string> expected;
  std::vector<std::string> watch_users;
};

constexpr std::tuple fields{
    Field{"expected", &Params::expected, "units that must have a spec"},
    Field{"watch_users", &Params::watch_users, "users whose instance must publish its report"}};

// `name` is a unit, of any user, or "dev/x.service" for a unit of that user.
bool has_spec(const HostInputs& scene, const std::string& name) {
  return std::ranges::any_of(scene.specs, [&name](const Spec& spec) {
    return spec.unit == name || spec_name(spec) == name;
  });
}

Finding on_expected(const HostInputs& scene, const std::string& name) {
  constexpr auto expected = "unit has a spec";
  return has_spec(scene, name) ? pass({.subject = name, .expected = expected, .observed = expected})
                               : fail({.subject = name,
                                       .reason = "no_spec",
                                       .expected = expected,
                                       .observed = "unit has no spec",
                                       .hint = "restore its spec, or remove it from `expected`"});
}

// Fails for each enabled spec that the daemon's state file has and the configuration no longer has.
Findings on_vanished(const Params& want, HostView& see) {
  const std::string expected = "no spec vanished";
  const auto& known = see[KnownSpecsKey{}];
  if (!known) {
    return {unknown("specs", expected, known.unseen())};
  }
  std::set<std::string> now;
  std::ranges::transform(see.scene().specs, std::inserter(now, now.end()), spec_name);
  Spec manager;
  manager.user = see.scene().user;
  Findings out;
  for (const auto& [name, was_enabled] : *known) {
    const bool is_reported = std::ranges::find(want.expected, name) != want.expected.end();
    if (was_enabled && !is_reported && !now.contains(name)) {
      out.push_back(fail(
          {.subject = name,
           .reason = "vanished",
           .expected = "spec still exists",
           .observed = "spec is gone",
           .hint = "restore the spec, or run " + checks::checklistctl(manager, "forget", name)}));
    }
  }
  return out.empty()
             ? Findings{pass({.subject = "specs", .expected = expected, .observed = expected})}
             : out;
}

// Judges an instance that has not published yet: unknown while the system boots and for
// `start_allowed` after the daemon began to wait.
Finding on_first_report(HostView& see, Finding out, TimePoint since) {
  const auto booting = checks::is_booting(see);
  const bool is_late = see.passed(since + start_allowed);
  if (!booting) {
    return unknown(out.subject, out.expected, booting.unseen());
  }
  if (is_late && !*booting) {
    out.reason = "never_reported";
    out.observed = "no report published";
    out.hint = "start and enable checklistd.service of the user, and enable lingering";
    return fail(out);
  }
  out.reason = "not_yet_reported";
  out.observed = "no report published yet";
  out.hint = "wait";
  return unknown(out);
}

Finding on_user(HostView& see, const std::string& user) {
  Finding out{.subject = "user:" + user,
              .expected = "user instance publishes its report",
              .observed = "user instance publishes its report"};
  const auto& publisher = see[PublisherKey{user}];
  if (!publisher) {
    return unknown(out.subject, out.expected, publisher.unseen());
  }
  if (!publisher->last_report) {
    return on_first_report(see, std::move(out), publisher->since);
  }
  const TimePoint expiry = *publisher->last_report + user_report_valid_for;
  if (!see.passed(expiry)) {
    return pass(out);
  }
  out.reason = "silent";
  out.observed = "user instance stopped publishing";
  out.hint = "restart checklistd.service of the user";
  return see.passed(expiry + silence_allowed) ? fail(out) : unknown(out);
}

// Returns the users in `watch_users`, and those of enabled specs.
std::set<std::string> users(const Params& want, const HostInputs& scene) {
  std::set<std::string> out;
  if (!scene.user.empty()) {
    return out;  // users publish to the system instance only
  }
  out.insert(want.watch_users.begin(), want.watch_users.end());
  for (const Spec& spec : scene.specs) {
    if (!spec.user.empty() && spec.enabled) {
      out.insert(spec.user);
    }
  }
  return out;
}

Findings evaluate(const Params& want, HostView& see) {
  Findings out;
  for (const std::string& name : want.expected) {
    out.push_back(on_expected(see.scene(), name));
  }
  std::ranges::move(on_vanished(want, see), std::back_inserter(out));
  for (const std::string& user : users(want, see.scene())) {
    out.push_back(on_user(see, user));
  }
  return out;
}
}  // namespace

extern const HostCheckDef coverage;
const HostCheckDef coverage = host_check<Params, fields, evaluate>(
    "every unit that must be watched is watched", RunsWhen::always, {.takes_expected_lists = true});
}  // namespace checklist::host_checks
