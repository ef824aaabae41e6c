// SPDX-License-Identifier: MIT
#include "semantics/restarts.hpp"

#include <algorithm>

#include "semantics/command.hpp"
#include "semantics/property.hpp"
#include "semantics/state_finding.hpp"

namespace checklist::semantics {
namespace {
using namespace std::chrono_literals;
constexpr std::uint64_t longest_pause = 86'400'000'000;  // a day

// Long enough that a service that waits long before each restart cannot hide.
Duration window_of(const RestartLimit& limit, View& see) {
  if (limit.window) {
    return limit.window->length;
  }
  const auto pause = std::min(std::max(usec_property(see, "RestartUSec").value_or(0),
                                       usec_property(see, "RestartMaxDelayUSec").value_or(0)),
                              longest_pause);
  const auto times = static_cast<std::int64_t>(limit.most) + 1;
  return std::max<Duration>(10min, times * (Duration{static_cast<std::int64_t>(pause)} + 60s));
}
}  // namespace

// NRestarts counts from the last start by hand, which settles what was before; the journal tells
// when each was.
Findings restarts(const RestartLimit& limit, View& see, const Unit& unit) {
  const auto most = static_cast<std::size_t>(limit.most);
  const auto window = window_of(limit, see);
  const std::string within =
      std::to_string(most) + " automatic restarts within " + print_span(Span{window});
  if (const auto blind = unseen_among(see, {"NRestarts"})) {
    return {unknown("restarts", "at most " + within, *blind)};
  }
  const auto count = property<std::uint64_t>(see, "NRestarts").value_or(0);
  if (count <= most) {
    return {};
  }
  const auto& history = see[HistoryKey{unit.id}];
  if (!history) {
    return {unknown("restarts", "at most " + within, history.unseen())};
  }
  const auto& times = history->restarts;
  if (times.size() <= most || see.passed(after(times[times.size() - 1 - most], window))) {
    return {};
  }
  Finding out = state_finding(Status::fail, "restarts", "at most " + within, "more than " + within,
                              look_and(see, "reset-failed") + " and " + command(see, "restart"));
  out.subject = "restarts";
  out.details = std::to_string(count) + " since it was last started by hand";
  return {out};
}
}  // namespace checklist::semantics
