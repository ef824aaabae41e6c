// SPDX-License-Identifier: MIT
#include "checks/state/restarts.hpp"

#include <algorithm>

#include "checks/definition/next_start.hpp"
#include "checks/state/state_finding.hpp"
#include "checks/view/command.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
constexpr std::uint64_t longest_pause = 86'400'000'000;  // a day

// By default long enough for a service with a long RestartSec= to exceed the limit.
Duration window_of(const RestartLimit& limit, View& see) {
  if (limit.window) {
    return limit.window->length;
  }
  const auto pause = std::min(
      std::max(see.usec("RestartUSec").value_or(0), see.usec("RestartMaxDelayUSec").value_or(0)),
      longest_pause);
  const auto times = static_cast<std::int64_t>(limit.most) + 1;
  return std::max<Duration>(10min, times * (Duration{static_cast<std::int64_t>(pause)} + 60s));
}
}  // namespace

// NRestarts= counts since the last manual start, which clears earlier restarts; the journal has the
// time of each.
Findings restarts(const RestartLimit& limit, View& see, const Unit& unit) {
  const auto most = static_cast<std::size_t>(limit.most);
  const auto window = window_of(limit, see);
  const std::string within = std::to_string(most) + " automatic restarts within " +
                             semantics::print_span(semantics::Span{window});
  if (const auto unseen = see.unseen_among({"NRestarts"})) {
    return {unknown("restarts", "at most " + within, *unseen)};
  }
  const auto count = see.property<std::uint64_t>("NRestarts").value_or(0);
  if (count <= most) {
    return {};
  }
  const auto& history = see[HistoryKey{unit.id}];
  if (!history) {
    return {unknown("restarts", "at most " + within, history.unseen())};
  }
  const auto& times = history->restarts;
  if (times.size() <= most ||
      see.passed(semantics::after(times[times.size() - 1 - most], window))) {
    return {};
  }
  return {
      fail({.subject = "restarts",
            .reason = "restarts",
            .expected = "at most " + within,
            .observed = "more than " + within,
            .hint = restart_advice(see, inspect_then(see, "reset-failed")),
            .details = std::to_string(count) + " automatic restarts since the last manual start"})};
}
}  // namespace checklist::checks
