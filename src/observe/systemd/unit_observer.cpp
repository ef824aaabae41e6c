// SPDX-License-Identifier: MIT
#include "observe/systemd/unit_observer.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "semantics/unit/unit_name.hpp"

namespace checklist::observe {
namespace {
constexpr std::size_t most_at_once = 200;  // a unit takes 9 µs in PID 1 and 9 µs to decode

template <class State>
State state_from(const std::string& text) {
  return from_text<State>(text).value_or(State::other);
}

// Applies the states of a PropertiesChanged of .Unit.
Unit merged(Unit unit, const Dict& changed) {
  if (const auto* load = at<std::string>(changed, "LoadState")) {
    unit.load = state_from<LoadState>(*load);
  }
  if (const auto* active = at<std::string>(changed, "ActiveState")) {
    unit.active = state_from<ActiveState>(*active);
  }
  if (const auto* sub = at<std::string>(changed, "SubState")) {
    unit.sub = *sub;
  }
  return unit;
}

bool is_reloading(const Unit& unit) {
  return unit.active == ActiveState::reloading || unit.active == ActiveState::refreshing;
}

// A job or a reload that was already known keeps the time at which it was first seen.
Unit with_moments(Unit unit, const Unit& previous, TimePoint now) {
  unit.job_since = unit.job == 0              ? std::nullopt
                   : unit.job == previous.job ? previous.job_since
                                              : std::optional(now);
  unit.reloading_since = !is_reloading(unit)      ? std::nullopt
                         : is_reloading(previous) ? previous.reloading_since
                                                  : std::optional(now);
  return unit;
}

std::optional<std::uint64_t> job_in(const Dict& changed) {
  const auto* job = at<Values>(changed, "Job");  // (uo)
  const auto* id = job != nullptr ? at<std::uint64_t>(*job, 0) : nullptr;
  return id != nullptr ? std::optional(*id) : std::nullopt;
}
}  // namespace

UnitObserver::UnitObserver(Systemd& systemd, Put<UnitKey> put,
                           std::function<void(const std::string&)> changed)
    : systemd_(systemd), put_(std::move(put)), changed_(std::move(changed)) {
  systemd_.attach(*this);
}

void UnitObserver::follow(const std::set<UnitKey>& keys) {
  std::erase_if(units_, [&](const auto& entry) {
    const bool is_dropped = !keys.contains(UnitKey{entry.first});
    if (is_dropped) {
      aliases_.drop(entry.first);
    }
    return is_dropped;
  });
  std::vector<std::string> fresh;
  for (const UnitKey& key : keys) {
    if (const auto error = semantics::name_error(key.name)) {
      put_(key, Unseen{"unsupported", "'" + key.name + "' is not " + *error, ""});
    } else if (units_.try_emplace(key.name).second) {
      aliases_.point(key.name, key.name);
      fresh.push_back(key.name);
    }
  }
  if (systemd_.lost()) {
    gone(*systemd_.lost());
  }
  list(fresh);
}

void UnitObserver::look_again() {
  std::vector<std::string> names;
  for (auto& [name, followed] : units_) {
    followed.ignore_load_signals = false;
    names.push_back(name);
  }
  list(names);
}

void UnitObserver::resync() {
  look_again();
}

void UnitObserver::gone(const Unseen& why) {
  for (const auto& [name, followed] : units_) {
    put_(UnitKey{name}, why);
  }
}

// A listing in flight will be newer than any signal received so far, so no unit is listed twice.
void UnitObserver::list(const std::vector<std::string>& names) {
  if (!systemd_.up()) {
    return;  // resync() will list them
  }
  std::vector<std::string> batch;
  for (const std::string& name : names) {
    if (asked_.insert(name).second) {
      batch.push_back(name);
    }
    if (batch.size() == most_at_once) {
      list_batch(std::exchange(batch, {}));
    }
  }
  if (!batch.empty()) {
    list_batch(batch);
  }
}

void UnitObserver::list_batch(const std::vector<std::string>& names) {
  Values arguments;
  std::ranges::transform(names, std::back_inserter(arguments),
                         [](const auto& name) { return Value{name}; });
  systemd_.call("ListUnitsByNames", {Value{std::move(arguments)}},
                [this, names](const bus::Reply& reply) { take(names, reply); });
}

void UnitObserver::take(const std::vector<std::string>& names, const bus::Reply& reply) {
  std::ranges::for_each(names, [this](const auto& name) { asked_.erase(name); });
  const auto* rows = at<Values>(reply.body, 0);
  if (rows != nullptr && rows->size() == names.size()) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (const auto* row = at<Values>(*rows, i)) {
        take_row(names[i], *row);
      }
    }
  } else if (names.size() > 1) {  // one invalid name makes the whole call fail
    std::ranges::for_each(names, [this](const auto& name) { list({name}); });
  } else if (units_.contains(names[0])) {
    put_(UnitKey{names[0]}, Unseen{"bus", "cannot list " + names[0] + ": " + reply.message, ""});
  }
}

// (name, description, load, active, sub, following, path, job id, job type, job path)
void UnitObserver::take_row(const std::string& name, const Values& row) {
  const auto followed = units_.find(name);
  if (followed == units_.end()) {
    return;  // no longer followed
  }
  const auto* job = at<std::uint64_t>(row, 7);
  Unit unit{.id = text_at(row, 0),
            .load = state_from<LoadState>(text_at(row, 2)),
            .active = state_from<ActiveState>(text_at(row, 3)),
            .sub = text_at(row, 4),
            .job = job != nullptr ? static_cast<std::uint32_t>(*job) : 0,
            .job_type = text_at(row, 8)};
  unit = with_moments(std::move(unit), followed->second.unit, systemd_.now());
  const bool was_loaded = std::exchange(followed->second.listed_after_load, false);
  followed->second.ignore_load_signals = was_loaded && followed->second.unit == unit;
  followed->second.is_known = true;
  aliases_.point(name, unit.id);
  keep(name, followed->second, std::move(unit));
}

void UnitObserver::keep(const std::string& name, Followed& followed, Unit unit) {
  const bool is_changed = followed.unit.active != unit.active || followed.unit.sub != unit.sub;
  followed.ignore_load_signals = followed.ignore_load_signals && followed.unit == unit;
  followed.unit = unit;
  put_(UnitKey{name}, std::move(unit));
  if (is_changed) {
    changed_(name);
  }
}

void UnitObserver::unit_changed(const std::string& unit, const std::string& interface,
                                const Dict& changed, const Values& /*invalidated*/) {
  if (interface != unit_interface) {
    return;
  }
  for (const std::string& name : aliases_.of(unit)) {
    auto& followed = units_.at(name);
    if (!followed.is_known) {
      continue;  // its first listing is in flight
    }
    Unit now = merged(followed.unit, changed);
    const auto job = job_in(changed);
    if (job == 0) {
      now.job = 0;
      now.job_type.clear();
      now.job_since.reset();
    }
    const bool is_new_job = job && *job != now.job;  // the signal has the id, not the type
    if (is_new_job) {                                // of unknown type until it is listed
      now.job = static_cast<std::uint32_t>(*job);
      now.job_type.clear();
    }
    const bool is_newly_loaded =
        now.load != LoadState::loaded && now.active != followed.unit.active;
    keep(name, followed, with_moments(std::move(now), followed.unit, systemd_.now()));
    if (is_new_job || is_newly_loaded) {
      list({name});
    }
  }
}

void UnitObserver::unit_loaded_or_unloaded(const std::string& unit) {
  for (const std::string& name : aliases_.of(unit)) {
    auto& followed = units_.at(name);
    if (followed.is_known && !followed.ignore_load_signals) {
      followed.listed_after_load = true;
      list({name});
    }
  }
}
}  // namespace checklist::observe
