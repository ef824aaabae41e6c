// SPDX-License-Identifier: MIT
#include "checks/state/past.hpp"

#include <algorithm>

#include "checks/state/last_run.hpp"
#include "semantics/unit/exit_status.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
constexpr auto by_condition = "condition";
constexpr auto by_exec_condition = "exec-condition";  // a Result: ExecCondition= said no

// One row of Conditions: what, whether one of several alternatives, negated, parameter, how it was.
struct Condition {
  std::string text;  // as PID 1's message spells it, so that both tell the same
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
  const auto* state = (*row)[4].get<std::int64_t>();  // below 0: unmet; 0: not looked at
  if (name == nullptr || alternative == nullptr || negated == nullptr || parameter == nullptr ||
      state == nullptr || *state >= 0) {
    return std::nullopt;
  }
  return Condition{*name + "=" + (*negated ? "!" : "") + *parameter, *alternative};
}

// An alternative only counts where every one is unmet, and then the first stands for all.
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
  const bool is_told = begin != std::string::npos && end != std::string::npos && begin < end;
  return is_told ? message.substr(begin + 1, end - begin - 1) : std::string();
}

Refusal skipped_at(TimePoint moment, bool this_boot) {
  return {.at = moment, .this_boot = this_boot, .result = by_condition, .what = {}};
}

// A unit that is unloaded and loaded again reads as if its condition had failed, but was never
// checked: then there is no timestamp.
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

// What PID 1 logs as a run that ended with exec-condition was none.
void take_run(Run run, Past& out) {
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

Past past_of(View& see) {
  const auto& unit = see[UnitKey{see.unit()}];
  const auto& history = see[HistoryKey{unit->id.empty() ? see.unit() : unit->id}];
  Past out;
  std::optional<TimePoint> last;  // the last time that it did start or had been running
  if (history) {
    out.refusal = history->last_refusal;
    last = history->last_started;
    if (history->last_run) {
      take_run(*history->last_run, out);
    }
  } else {
    out.blind = history.unseen();
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

bool is_refused(const Past& past) {
  return past.refusal && past.refusal->this_boot && past.refusal->result != "canceled";
}
}  // namespace checklist::checks
