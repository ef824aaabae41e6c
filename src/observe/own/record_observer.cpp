// SPDX-License-Identifier: MIT
#include "observe/own/record_observer.hpp"

#include <algorithm>
#include <utility>

namespace checklist::observe {
namespace {
constexpr std::size_t most_cgroups = 64;  // each restart of a unit creates another cgroup

bool is_up(ActiveState state) {
  return state == ActiveState::active || state == ActiveState::reloading ||
         state == ActiveState::refreshing;
}

// Rounds to the precision of the state file, so that the next process restores the same time.
TimePoint rounded(TimePoint moment) {
  return TimePoint{std::chrono::floor<Duration>(moment.time_since_epoch())};
}

store::KeptRun kept_run(const Run& run, const semantics::Boot& boot) {
  return {.ended = semantics::wall_time(run.ended, boot),
          .boot_id = run.this_boot ? boot.id : std::string(),
          .result = run.result,
          .exit_code = run.exit_code,
          .exit_status = run.exit_status};
}

std::optional<WallTime> kept_moment(std::optional<TimePoint> moment, const semantics::Boot& boot) {
  return moment ? std::optional(semantics::wall_time(*moment, boot)) : std::nullopt;
}

std::optional<TimePoint> restored_moment(std::optional<WallTime> wall,
                                         const semantics::Boot& boot) {
  return wall ? std::optional(TimePoint{*wall - boot.epoch}) : std::nullopt;
}

Run restored_run(const store::KeptRun& run, const semantics::Boot& boot) {
  const bool this_boot = run.boot_id == boot.id;
  return {.ended = this_boot ? TimePoint{run.ended - boot.epoch}
                             : semantics::before_boot(run.ended, boot),
          .this_boot = this_boot,
          .result = run.result,
          .exit_code = run.exit_code,
          .exit_status = run.exit_status};
}
}  // namespace

void RecordObserver::restore(const std::string& boot_id,
                             const std::map<std::string, store::KeptRecord>& kept) {
  for (const auto& [unit, previous] : kept) {
    Record record;
    if (previous.last_run) {
      record.last_run = restored_run(*previous.last_run, boot_);
    }
    record.last_trigger = restored_moment(previous.last_trigger, boot_);
    record.first_seen = restored_moment(previous.first_seen, boot_);
    if (boot_id == boot_.id) {
      record.started_by_boot = previous.started_by_boot;
      record.cgroup_ids = previous.cgroup_ids;
    }
    keep(unit, record);
  }
}

std::map<std::string, store::KeptRecord> RecordObserver::kept() const {
  std::map<std::string, store::KeptRecord> out;
  for (const auto& [unit, record] : records_) {
    store::KeptRecord& kept = out[unit];
    kept.started_by_boot = record.started_by_boot;
    kept.cgroup_ids = record.cgroup_ids;
    kept.last_trigger = kept_moment(record.last_trigger, boot_);
    kept.first_seen = kept_moment(record.first_seen, boot_);
    if (record.last_run) {
      kept.last_run = kept_run(*record.last_run, boot_);
    }
  }
  return out;
}

void RecordObserver::saw(const SystemStateKey& /*key*/, const Observed<SystemState>& state) {
  if (!state) {
    return;
  }
  const bool booting = *state == SystemState::starting || *state == SystemState::initializing;
  if (std::exchange(is_booting_, booting) == booting) {
    return;
  }
  if (!booting) {
    if (*state != SystemState::stopping) {
      boot_is_over();
    }
    return;
  }
  for (const auto& [unit, up] : is_up_) {
    const auto started = started_.find(unit);
    if (up || (started != started_.end() && is_within_boot(started->second))) {
      has_started(unit);
    }
  }
}

// Units that were followed during the whole boot and are not up were not started by it.
void RecordObserver::boot_is_over() {
  booted_ = loop_.now();
  for (const auto& [unit, up] : is_up_) {
    Record record = records_[unit];
    if (!record.started_by_boot && !began_.contains(unit)) {
      record.started_by_boot = false;
      keep(unit, record);
    }
  }
}

void RecordObserver::saw(const UnitKey& key, const Observed<Unit>& unit) {
  if (!unit) {
    return;
  }
  if (!unit->id.empty() && unit->id != key.name) {
    names_[unit->id].insert(key.name);
  }
  const bool up = is_up(unit->active);
  is_up_[key.name] = up;
  if (up && is_booting_) {
    has_started(key.name);
  }
  if (unit->active == ActiveState::activating && is_booting_) {
    began_.insert(key.name);
  }
}

void RecordObserver::saw(const PropertyKey& key, const Observed<Value>& value) {
  if (value && key.name == "ControlGroupId") {
    saw_cgroup(key.unit, *value);
  } else if (value && key.name == "LastTriggerUSec") {
    saw_trigger(key.unit, *value);
  }
}

void RecordObserver::saw_cgroup(const std::string& unit, const Value& value) {
  const auto* id = value.get<std::uint64_t>();
  if (id == nullptr || *id == 0) {
    return;
  }
  Record record = records_[unit];
  record.cgroup_ids.insert(*id);
  if (record.cgroup_ids.size() > most_cgroups) {
    record.cgroup_ids.erase(record.cgroup_ids.begin());  // ids increase
  }
  keep(unit, record);
}

// LastTriggerUSec is wall-clock time; only timers with Persistent= keep it across boots. A time in
// the future comes from a clock that was wrong, and is taken for now.
void RecordObserver::saw_trigger(const std::string& unit, const Value& value) {
  const auto* usec = value.get<std::uint64_t>();
  if (usec == nullptr || !is_set(*usec)) {
    return;
  }
  const WallTime wall{Duration{static_cast<std::int64_t>(*usec)}};
  const TimePoint at = std::min(TimePoint{wall - boot_.epoch}, rounded(loop_.now()));
  Record record = records_[unit];
  record.last_trigger = std::max(record.last_trigger.value_or(at), at);
  keep(unit, record);
}

// History is keyed by the canonical name. A oneshot is never up, but its start is logged; entries
// may arrive late, even after the end of the boot.
void RecordObserver::saw(const HistoryKey& key, const Observed<History>& history) {
  if (!history) {
    return;
  }
  std::set<std::string> names = names_[key.unit];
  names.insert(key.unit);
  for (const std::string& name : names) {
    Record record = records_[name];
    const auto& run = history->last_run;
    if (run && (!record.last_run || record.last_run->ended < run->ended)) {
      record.last_run = run;
    }
    keep(name, record);
    if (const auto& started = history->last_started) {
      started_[name] = *started;
      if (is_within_boot(*started)) {
        has_started(name);
      }
    }
  }
}

bool RecordObserver::is_within_boot(TimePoint started) const {
  return started >= boot_.began && (is_booting_ || (booted_ && started <= *booted_));
}

void RecordObserver::has_started(const std::string& unit) {
  Record record = records_[unit];
  record.started_by_boot = true;
  keep(unit, record);
}

void RecordObserver::keep(const std::string& unit, const Record& record) {
  if (std::exchange(records_[unit], record) == record) {
    return;
  }
  ++changes_;
  if (followed_.contains({unit})) {
    put_({unit}, record);
  }
}

void RecordObserver::follow(const std::set<RecordKey>& keys) {
  for (const RecordKey& key : keys) {
    if (!followed_.contains(key)) {
      Record& record = records_[key.unit];
      if (begins_ && !record.first_seen) {
        record.first_seen = rounded(loop_.now());
        ++changes_;
      }
      put_(key, record);
    }
  }
  followed_ = keys;
}
}  // namespace checklist::observe
