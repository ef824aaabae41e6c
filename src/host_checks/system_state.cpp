// SPDX-License-Identifier: MIT
// The manager has started what it starts, and is not in maintenance; see
// docs/checks/system_state.md. What is failed is the matter of failed_units.
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
    Field{"boot_timeout", &Params::boot_timeout, "how long starting the system may take"}};

Finding judged(Status status, std::string reason, std::string observed, std::string hint) {
  return {.status = status,
          .subject = "system",
          .reason = std::move(reason),
          .expected = "it is running",
          .observed = std::move(observed),
          .hint = std::move(hint),
          .details = {}};
}

// Since the manager began; where it does not tell, since the clock did.
bool is_late(const Params& want, HostView& see, const Host& host) {
  return see.passed(semantics::after(host.began.value_or(TimePoint{}), want.boot_timeout.length));
}

Findings evaluate(const Params& want, HostView& see) {
  const auto& host = see[HostKey{}];
  if (!host) {
    return {unknown("system", "it is running", host.unseen())};
  }
  const auto command = [&see](const std::string& verb) {
    return checks::manager_command(see.spec_of({}), verb);
  };
  const std::string state = "it is " + std::string(text(host->state));
  switch (host->state) {
    case SystemState::running:
    case SystemState::degraded:
      return {judged(Status::pass, "", "it is", "")};
    case SystemState::initializing:
    case SystemState::starting:
      return {is_late(want, see, *host)
                  ? judged(Status::fail, "never_started", "it is still starting",
                           "run " + command("list-jobs") + " to see what it waits for")
                  : judged(Status::unknown, "starting", "it is still starting", "wait")};
    case SystemState::maintenance:
      return {judged(Status::fail, "maintenance", "it is in rescue or emergency mode",
                     "repair the cause, then run " + command("default"))};
    case SystemState::stopping:
      return {judged(Status::unknown, "stopping", "it is shutting down", "wait")};
    default:
      return {judged(Status::unknown, "unsupported", state, "run " + command("is-system-running"))};
  }
}
}  // namespace

extern const HostCheckDef system_state;
const HostCheckDef system_state = host_check<Params, fields, evaluate>(
    "the system has started and is not in maintenance", RunsWhen::always);
}  // namespace checklist::host_checks
