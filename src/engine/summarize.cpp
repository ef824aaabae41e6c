// SPDX-License-Identifier: MIT
#include "engine/summarize.hpp"

#include <algorithm>
#include <chrono>

namespace checklist::engine {
namespace {
std::string text_of(const Observed<Value>& property) {
  const auto* text = property ? property->get<std::string>() : nullptr;
  return text != nullptr ? *text : std::string();
}

std::optional<std::uint64_t> number_of(const Observed<Value>& property) {
  const auto* number = property ? property->get<std::uint64_t>() : nullptr;
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

// Measured only if a check reads it, because it costs a process.
std::optional<double> exposure_of(const config::Service& service, const std::string& id,
                                  View& see) {
  const bool is_asked = std::ranges::any_of(
      service.checks, [](const auto& check) { return check.traits.reads_exposure; });
  if (!is_asked || !id.ends_with(".service")) {
    return std::nullopt;
  }
  const auto& level = see[ExposureKey{id}];
  return level ? std::optional(*level) : std::nullopt;
}

std::optional<ExerciseSummary> exercise_of(const std::string& id, View& see) {
  const auto& record = see[ExerciseKey{id}];
  if (!record || !*record) {
    return std::nullopt;
  }
  ExerciseSummary out{.at = (*record)->at, .success = {}};
  for (const ExerciseStep& step : (*record)->steps) {
    if (step.outcome != Outcome::skipped) {
      out.success[step.name] = step.outcome == Outcome::passed;
    }
  }
  return out;
}

std::optional<WallTime> wall_of(std::optional<std::uint64_t> usec) {
  return usec && is_set(*usec) ? std::optional(WallTime{Duration{static_cast<std::int64_t>(*usec)}})
                               : std::nullopt;
}

void summarize_timer(View& see, Now one_moment, UnitSummary& out) {
  out.last_trigger = wall_of(number_of(see.observed("LastTriggerUSec")));
  out.next_elapse = wall_of(number_of(see.observed("NextElapseUSecRealtime")));
  const auto monotonic = number_of(see.observed("NextElapseUSecMonotonic"));
  if (!monotonic || !is_set(*monotonic)) {
    return;
  }
  const auto in = checklist::monotonic(*monotonic) - one_moment.moment;
  const WallTime at = one_moment.wall + std::chrono::floor<Duration>(in);
  out.next_elapse = std::min(out.next_elapse.value_or(at), at);
}
}  // namespace

UnitSummary summarize(const config::Service& service, View& see, Now one_moment) {
  UnitSummary out;
  std::string id = see.unit();
  if (const auto& unit = see[UnitKey{see.unit()}]) {
    id = unit->id.empty() ? id : unit->id;
    out.load = unit->load;
    out.active = unit->active;
    out.sub = unit->sub;
  }
  out.fragment_path = text_of(see.observed("FragmentPath"));
  if (const auto& state = see[EnablementKey{see.unit()}]) {
    out.unit_file_state = *state;
  }
  out.restarts =
      see.unit().ends_with(".service") ? number_of(see.observed("NRestarts")) : std::nullopt;
  if (see.unit().ends_with(".timer")) {
    summarize_timer(see, one_moment, out);
  }
  out.exercise = exercise_of(id, see);
  out.exposure = exposure_of(service, id, see);
  out.started = wall_of(number_of(see.observed("ActiveEnterTimestamp")));
  return out;
}
}  // namespace checklist::engine
