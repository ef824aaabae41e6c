// SPDX-License-Identifier: MIT
#include "semantics/past.hpp"

#include <algorithm>

#include "semantics/exit_status.hpp"
#include "semantics/property.hpp"

namespace checklist::semantics {
namespace {
// One row (name, is a trigger, is negated, parameter, state) of Conditions; a state below 0 is
// unmet. Spelt as PID 1's message spells it, so that both tell the same.
std::string unmet(const Value& condition) {
  const auto* row = condition.get<Values>();
  if (row == nullptr || row->size() < 5) {
    return {};
  }
  const auto* name = (*row)[0].get<std::string>();
  const auto* negated = (*row)[2].get<bool>();
  const auto* parameter = (*row)[3].get<std::string>();
  const auto* state = (*row)[4].get<std::int64_t>();
  if (name == nullptr || negated == nullptr || parameter == nullptr || state == nullptr ||
      *state >= 0) {
    return {};
  }
  return *name + "=" + (*negated ? "!" : "") + *parameter;
}

// A unit that is unloaded and loaded again reads as if its condition had failed, but was never
// checked: then there is no timestamp.
std::optional<Refusal> skip_in_properties(View& see) {
  const auto checked = moment_property(see, "ConditionTimestampMonotonic");
  if (!checked || property<bool>(see, "ConditionResult").value_or(true)) {
    return std::nullopt;
  }
  std::string what;
  for (const Value& each : property<Values>(see, "Conditions").value_or(Values{})) {
    what = what.empty() ? unmet(each) : what;
  }
  return Refusal{.at = *checked,
                 .this_boot = true,
                 .result = "condition",
                 .what = what.empty() ? what : "(" + what + ")"};
}

bool is_service(const View& see) {
  return see.unit().ends_with(".service");
}
}  // namespace

Past past_of(View& see) {
  const auto& unit = see[UnitKey{see.unit()}];
  const auto& history = see[HistoryKey{unit->id.empty() ? see.unit() : unit->id}];
  Past out;
  std::optional<TimePoint> last;  // the last time that it did start or had been running
  if (history) {
    out.run = history->last_run;
    out.refusal = history->last_refusal;
    last = history->last_started;
  } else {
    out.blind = history.unseen();
  }
  if (auto run = is_service(see) ? run_in_properties(see) : std::nullopt;
      run && (!out.run || run->ended > out.run->ended)) {
    out.run = std::move(run);
  }
  if (auto skip = skip_in_properties(see);
      skip && (!out.refusal || skip->at > out.refusal->at || !out.refusal->this_boot)) {
    out.refusal = std::move(skip);
  }
  if (out.run) {
    last = std::max(last.value_or(out.run->ended), out.run->ended);
  }
  if (out.refusal && last && out.refusal->at <= *last) {
    out.refusal.reset();
  }
  return out;
}

// "x was skipped because of an unmet condition check (ConditionPathExists=/run/x)."
std::string unmet_condition(const Refusal& refusal) {
  const auto begin = refusal.what.rfind("(Condition");
  const auto end = refusal.what.rfind(')');
  const bool is_told = begin != std::string::npos && end != std::string::npos && begin < end;
  return is_told ? refusal.what.substr(begin + 1, end - begin - 1) : std::string();
}
}  // namespace checklist::semantics
