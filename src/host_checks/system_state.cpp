// SPDX-License-Identifier: MIT
// The system has booted, and is not in rescue or emergency mode; see docs/checks/system_state.md.
// Failed units are for failed_units.
#include "checklist/check.hpp"

#include "checks/view/command.hpp"
#include "semantics/time/span.hpp"

namespace checklist::host_checks {
namespace {
using namespace std::chrono_literals;
using semantics::Span;

struct Params {
  Span boot_timeout{15min};
};

constexpr std::tuple fields{
    Field{"boot_timeout", &Params::boot_timeout, "how long the boot may take"}};

constexpr auto expected = "running or degraded";

// Counts from the start of the manager, or from the epoch of the clock if that is unknown.
bool is_late(const Params& want, HostView& see, const Host& host) {
  return see.passed(semantics::after(host.began.value_or(TimePoint{}), want.boot_timeout.length));
}

Finding booting(bool is_late, const std::string& list_jobs) {
  Finding out{.subject = "system", .expected = expected, .observed = "still booting"};
  if (is_late) {
    out.reason = "never_started";
    out.hint = "run " + list_jobs + " to see what it waits for";
    return fail(out);
  }
  out.reason = "starting";
  out.hint = "wait";
  return unknown(out);
}

Findings evaluate(const Params& want, HostView& see) {
  const auto& now = see[SystemStateKey{}];
  const auto& host = see[HostKey{}];
  if (!now || !host) {
    return {unknown("system", expected, now ? host.unseen() : now.unseen())};
  }
  const std::string state(text(*now));
  const auto command = [&see](const std::string& verb) {
    return checks::manager_command(see.spec_of({}), verb);
  };
  switch (*now) {
    case SystemState::running:
    case SystemState::degraded:
      return {pass({.subject = "system", .expected = expected, .observed = expected})};
    case SystemState::initializing:
    case SystemState::starting:
      return {booting(is_late(want, see, *host), command("list-jobs"))};
    case SystemState::maintenance:
      return {fail({.subject = "system",
                    .reason = "maintenance",
                    .expected = expected,
                    .observed = "in rescue or emergency mode",
                    .hint = "repair the cause, then run " + command("default")})};
    case SystemState::stopping:
      return {unknown({.subject = "system",
                       .reason = "stopping",
                       .expected = expected,
                       .observed = "shutting down",
                       .hint = "wait"})};
    default:
      return {unknown({.subject = "system",
                       .reason = "unsupported",
                       .expected = expected,
                       .observed = state,
                       .hint = "run " + command("is-system-running")})};
  }
}
}  // namespace

extern const HostCheckDef system_state;
const HostCheckDef system_state = host_check<Params, fields, evaluate>(
    "the system has booted and is not in maintenance", RunsWhen::always);
}  // namespace checklist::host_checks
