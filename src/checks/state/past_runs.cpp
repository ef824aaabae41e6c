// SPDX-License-Identifier: MIT
#include "checks/state/past_runs.hpp"

#include <algorithm>

#include "checks/state/last_run.hpp"
#include "semantics/unit/exit_status.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
constexpr auto by_condition = "condition";
constexpr auto by_exec_condition = "exec-condition";  // Result= if ExecCondition= was not met

// One row of Conditions=: (name, is an alternative, is negated, parameter, result).
struct Condition {
  std::string text;  // as PID 1's message spells it, so that both sources give the same text
  bool is_alternative = false;
};

std::optional<Condition> unmet_row(const Value& value) {
  const auto* row = value.get<Values>();
  if (row == nullptr || row->size() < 5) {
    return std::nullopt;
  }
  const auto* name = (*row)[0].get<std::string>();
  const auto* alternative = (*row)[1].get<bool>();
  const auto* negated = (*row)[2].get<bool>();
  const auto* parameter = (*row)[3].get<std::string>();
  const auto* state = (*row)[4].get<std::int64_t>();  // below 0: not met; 0: not checked
  if (name == nullptr || alternative == nullptr || negated == nullptr || parameter == nullptr ||
      state == nullptr || *state >= 0) {
    return std::nullopt;
  }
  return Condition{*name + "=" + (*negated ? "!" : "") + *parameter, *alternative};
}

// Returns the first condition that is not met. An alternative counts only if none of them is met,
// and then the first is named.
std::string unmet_in_properties(View& see) {
  std::string alternative;
  for (const Value& each : see.property<Values>("Conditions").value_or(Values{})) {
    const auto unmet = unmet_row(each);
    if (unmet && !unmet->is_alternative) {
      return unmet->text;
    }
    alternative = unmet && alternative.empty() ? unmet->text : alternative;
  }
  return alternative;
}

// "x was skipped because of an unmet condition check (ConditionPathExists=/run/x).", since systemd
// 257 "x skipped, unmet condition check ConditionPathExists=/run/x".
std::string unmet_in_message(const std::string& message) {
  constexpr std::string_view mark = " skipped, unmet condition check ";
  if (const auto at = message.rfind(mark); at != std::string::npos) {
    return message.substr(at + mark.size());
  }
  const auto begin = message.rfind("(Condition");
  const auto end = message.rfind(')');
  const bool has_condition = begin != std::string::npos && end != std::string::npos && begin < end;
  return has_condition ? message.substr(begin + 1, end - begin - 1) : std::string();
}

Refusal skipped_at(TimePoint moment, bool this_boot) {
  return {.at = moment, .this_boot = this_boot, .result = by_condition, .what = {}};
}

// After an unload and a load, ConditionResult= is false although nothing was checked; the timestamp
// is then unset.
std::optional<Refusal> skip_in_properties(View& see) {
  const auto checked = see.moment("ConditionTimestampMonotonic");
  if (checked && !see.property<bool>("ConditionResult").value_or(true)) {
    return skipped_at(*checked, true);
  }
  const auto changed = see.moment("StateChangeTimestampMonotonic");
  const bool by_exec = semantics::unit_type(see.unit()) == "service" && changed &&
                       see.text("Result") == by_exec_condition;
  return by_exec ? std::optional(skipped_at(*changed, true)) : std::nullopt;
}

bool is_newer(const Refusal& refusal, const std::optional<Refusal>& than) {
  return !than || !than->this_boot || refusal.at > than->at;
}

// PID 1 logs a start that ExecCondition= skipped as a run with the result exec-condition.
void take_run(Run run, PastRuns& out) {
  if (run.result == by_exec_condition) {
    auto skip = skipped_at(run.ended, run.this_boot);
    if (is_newer(skip, out.refusal)) {
      out.refusal = std::move(skip);
    }
  } else if (!out.run || run.ended > out.run->ended) {
    out.run = std::move(run);
  }
}

std::string unmet_of(View& see, const Refusal& refusal) {
  if (refusal.result != by_condition) {
    return {};
  }
  if (semantics::unit_type(see.unit()) == "service" && see.text("Result") == by_exec_condition) {
    return "ExecCondition=";
  }
  const std::string unmet = unmet_in_properties(see);
  return unmet.empty() ? unmet_in_message(refusal.what) : unmet;
}
}  // namespace

PastRuns past_runs(View& see) {
  const auto& unit = see[UnitKey{see.unit()}];
  const auto& history = see[HistoryKey{unit->id.empty() ? see.unit() : unit->id}];
  PastRuns out;
  std::optional<TimePoint> last;  // when it last started or ended a run
  if (history) {
    out.refusal = history->last_refusal;
    last = history->last_started;
    if (history->last_run) {
      take_run(*history->last_run, out);
    }
  } else {
    out.no_history = history.unseen();
  }
  if (auto run = run_in_properties(see)) {
    take_run(std::move(*run), out);
  }
  if (auto skip = skip_in_properties(see); skip && is_newer(*skip, out.refusal)) {
    out.refusal = std::move(skip);
  }
  if (out.run) {
    last = std::max(last.value_or(out.run->ended), out.run->ended);
  }
  if (out.refusal && last && out.refusal->at <= *last) {
    out.refusal.reset();
  }
  out.unmet = out.refusal ? unmet_of(see, *out.refusal) : std::string();
  return out;
}

bool is_refused(const PastRuns& past) {
  return past.refusal && past.refusal->this_boot && past.refusal->result != "canceled";
}
}  // namespace checklist::checks
