// SPDX-License-Identifier: MIT
#include "checks/state/running_timer.hpp"

#include <algorithm>
#include <array>

#include "checks/view/command.hpp"
#include "checks/view/fact_reader.hpp"
#include "semantics/time/calendar.hpp"
#include "semantics/time/span.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;

// One row of TimersMonotonic= or TimersCalendar=: (setting, value, next elapse).
struct Setting {
  std::string name;
  std::string event;    // of a calendar
  Duration interval{};  // of the others
};

std::optional<Setting> setting_of(const Value& value) {
  const auto* row = value.get<Values>();
  const auto* name = row != nullptr && row->size() > 1 ? (*row)[0].get<std::string>() : nullptr;
  if (name == nullptr) {
    return std::nullopt;
  }
  Setting out{.name = *name, .event = {}};
  if (const auto* event = (*row)[1].get<std::string>()) {
    out.event = *event;
  } else if (const auto* usec = (*row)[1].get<std::uint64_t>(); usec != nullptr && is_set(*usec)) {
    out.interval = Duration{static_cast<std::int64_t>(std::min<std::uint64_t>(*usec, INT64_MAX))};
  }
  return out;
}

std::vector<Setting> settings_of(View& see) {
  std::vector<Setting> out;
  for (const char* property : {"TimersMonotonic", "TimersCalendar"}) {
    for (const Value& each : see.property<Values>(property).value_or(Values{})) {
      if (auto setting = setting_of(each)) {
        out.push_back(std::move(*setting));
      }
    }
  }
  return out;
}

// Returns how long after a trigger the next one is due at the latest, even if the unit still runs;
// nothing if the settings do not say. OnUnitInactiveSec= counts from the end of a run.
std::optional<Duration> due_after(View& see) {
  std::optional<Duration> out;
  for (const Setting& each : settings_of(see)) {
    const auto pause = each.name == "OnCalendar"         ? semantics::longest_pause(each.event)
                       : each.name == "OnUnitActiveUSec" ? std::optional(each.interval)
                                                         : std::nullopt;
    if (pause && *pause > Duration::zero()) {
      out = std::min(out.value_or(*pause), *pause);
    }
  }
  return out;
}

// Returns how long a run may last beside its timer. A run of a few minutes may well be longer than
// three pauses of a timer that triggers every few seconds.
Duration longest_run(Duration pause, View& see) {
  const auto usec = [&see](const char* name) {
    return Duration{static_cast<std::int64_t>(
        std::min<std::uint64_t>(see.usec(name).value_or(0), 86'400'000'000))};
  };
  const Duration at_least = std::min<Duration>(10 * std::min<Duration>(pause, 1min), 10min);
  return std::max(3 * std::min<Duration>(pause, std::chrono::years{10}), at_least) +
         usec("RandomizedDelayUSec") + usec("AccuracyUSec");
}

// Returns whether something may deactivate the unit although it does not end by itself.
bool may_be_stopped(const std::string& name, FactReader& look) {
  for (const char* edge : {"ConflictedBy", "PartOf", "BindsTo", "StopPropagatedFrom"}) {
    if (!look.list(name, edge).empty()) {
      return true;
    }
  }
  const Value* unneeded = look.at(PropertyKey{name, "StopWhenUnneeded"});
  const bool* stops = unneeded != nullptr ? unneeded->get<bool>() : nullptr;
  return stops != nullptr && *stops;
}

// Returns whether the unit remains active without doing anything: all types but services do.
bool remains(const Unit& unit) {
  const auto type = semantics::unit_type(unit.id);
  return unit.active == ActiveState::active && (type != "service" || unit.sub == "exited");
}

Finding never_ends(const Unit& unit, View& see, const Finding& passed) {
  Finding out = passed;
  out.reason = "never_ends";
  out.observed = unit.id + " stays active, so the timer will not trigger again";
  out.hint = semantics::unit_type(unit.id) == "service"
                 ? "remove RemainAfterExit= from " + unit.id + ", then run " +
                       systemctl(see, "stop", unit.id)
                 : "let the timer trigger a service, or set StopWhenUnneeded=yes for " + unit.id;
  return fail(out);
}

Finding hangs(const Unit& unit, View& see, const Finding& passed) {
  Finding out = passed;
  out.reason = "hangs";
  out.observed = unit.id + " still runs, and the timer should have triggered again since";
  out.hint = "run " + systemctl(see, "status", unit.id) + " and " +
             systemctl(see, "stop", unit.id) +
             "; TimeoutStartSec= ends such a run, a longer interval allows it";
  return fail(out);
}
}  // namespace

bool is_done_for_this_boot(View& see) {
  constexpr std::array<std::string_view, 3> once{"OnActiveUSec", "OnBootUSec", "OnStartupUSec"};
  const auto settings = settings_of(see);
  return see.usec("LastTriggerUSecMonotonic") && !settings.empty() &&
         std::ranges::all_of(settings, [&once](const Setting& each) {
           return std::ranges::find(once, each.name) != once.end();
         });
}

Finding running_timer(View& see, const char* subject, const char* expected) {
  const Finding passed = pass({.subject = subject,
                               .expected = expected,
                               .observed = "will trigger again when its unit has finished"});
  const std::string name = see.text("Unit");
  const auto& unit = see[UnitKey{name}];
  if (name.empty() || !unit || is_done_for_this_boot(see)) {
    return passed;  // the finding of the unit says if it could not be seen
  }
  FactReader look(see);
  const auto pause = due_after(see);
  if (remains(*unit)) {
    const auto since = see.moment("LastTriggerUSecMonotonic");
    const bool is_missed =
        pause && since && see.passed(semantics::after(*since, longest_run(*pause, see)));
    const bool ends = may_be_stopped(name, look) && !is_missed;
    if (look.gap() && !is_missed) {
      return unknown(subject, expected, *look.gap());
    }
    return ends ? passed : never_ends(*unit, see, passed);
  }
  const bool is_run =
      unit->active == ActiveState::activating && look.text(name, "Type") == "oneshot";
  const Value* began =
      is_run ? look.at(PropertyKey{name, "InactiveExitTimestampMonotonic"}) : nullptr;
  const auto* usec = began != nullptr ? began->get<std::uint64_t>() : nullptr;
  const bool is_hung = pause && usec != nullptr && is_set(*usec) &&
                       see.passed(semantics::after(monotonic(*usec), longest_run(*pause, see)));
  return is_hung ? hangs(*unit, see, passed) : passed;
}
}  // namespace checklist::checks
