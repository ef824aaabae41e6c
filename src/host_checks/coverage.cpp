// SPDX-License-Identifier: MIT
// Nothing is forgotten: neither a unit that must have a spec, nor a spec that vanished, nor a user
// whose instance is silent.
#include <algorithm>
#include <set>

#include "checklist/check.hpp"

#include "checks/state/booting.hpp"
#include "semantics/unit/spec_name.hpp"

namespace checklist::host_checks {
namespace {
using namespace std::chrono_literals;
using semantics::spec_name;

constexpr Duration believed_for = 30s;     // as long as a report stands for a user's services
constexpr Duration silence_allowed = 30s;  // and then for a restart of that instance
constexpr Duration start_allowed = 60s;    // until the first report, once the boot is over

struct Params {
  std::vector<std::string> expected;
  std::vector<std::string> watch_users;
};

constexpr std::tuple fields{
    Field{"expected", &Params::expected, "units that must have a spec"},
    Field{"watch_users", &Params::watch_users, "users whose instance must publish its report"}};

Finding judged(Status status, std::string reason, Finding finding, std::string observed,
               std::string hint) {
  finding.status = status;
  finding.reason = std::move(reason);
  finding.observed = std::move(observed);
  finding.hint = std::move(hint);
  return finding;
}

// A plain name may be that of a user's unit; "dev/x.service" is that of this user's.
bool has_spec(const HostInputs& scene, const std::string& name) {
  return std::ranges::any_of(scene.specs, [&name](const Spec& spec) {
    return spec.unit == name || spec_name(spec) == name;
  });
}

Finding on_expected(const HostInputs& scene, const std::string& name) {
  Finding finding = pass({.subject = name, .expected = "it has a spec", .observed = "it has one"});
  return has_spec(scene, name) ? finding
                               : judged(Status::fail, "no_spec", std::move(finding), "it has none",
                                        "bring its spec back, or take it out of `expected`");
}

// Specs that were there when we last looked and are gone without having been disabled first.
Findings on_vanished(const Params& want, HostView& see) {
  const std::string expected = "no spec vanished";
  const auto& known = see[KnownSpecsKey{}];
  if (!known) {
    return {unknown("specs", expected, known.unseen())};
  }
  std::set<std::string> now;
  std::ranges::transform(see.scene().specs, std::inserter(now, now.end()), spec_name);
  Findings out;
  for (const auto& [name, was_enabled] : *known) {
    const bool is_told = std::ranges::find(want.expected, name) != want.expected.end();
    if (was_enabled && !is_told && !now.contains(name)) {
      out.push_back(judged(
          Status::fail, "vanished", pass({.subject = name, .expected = "its spec is still there"}),
          "its spec is gone", "bring it back, or run `checklistctl forget " + name + "`"));
    }
  }
  return out.empty()
             ? Findings{pass({.subject = "specs", .expected = expected, .observed = "none did"})}
             : out;
}

// Nobody reported yet: unknown while the system starts and for a while after we began to wait.
Finding on_first_report(HostView& see, Finding finding, TimePoint since) {
  const auto booting = checks::is_booting(see);
  const bool is_late = see.passed(since + start_allowed);
  const std::string hint = "start checklistd.service of that user, and enable it and linger";
  if (!booting) {
    return unknown(finding.subject, finding.expected, booting.unseen());
  }
  return is_late && !*booting ? judged(Status::fail, "never_reported", std::move(finding),
                                       "it never published one", hint)
                              : judged(Status::unknown, "not_yet_reported", std::move(finding),
                                       "it has not published one yet", "wait");
}

Finding on_user(HostView& see, const std::string& user) {
  Finding finding = pass({.subject = "user:" + user,
                          .expected = "its instance publishes a report",
                          .observed = "it does"});
  const auto& publisher = see[PublisherKey{user}];
  if (!publisher) {
    return unknown(finding.subject, finding.expected, publisher.unseen());
  }
  if (!publisher->last_report) {
    return on_first_report(see, std::move(finding), publisher->since);
  }
  const TimePoint doubted = *publisher->last_report + believed_for;
  if (!see.passed(doubted)) {
    return finding;
  }
  const bool is_gone = see.passed(doubted + silence_allowed);
  return judged(is_gone ? Status::fail : Status::unknown, "silent", std::move(finding),
                "it stopped publishing", "restart checklistd.service of that user");
}

// Those that are named, and those whose services have a spec here.
std::set<std::string> users(const Params& want, const HostInputs& scene) {
  std::set<std::string> out;
  if (!scene.user.empty()) {
    return out;  // nobody publishes to a user's instance
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
