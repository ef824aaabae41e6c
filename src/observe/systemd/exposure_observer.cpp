// SPDX-License-Identifier: MIT
#include "observe/systemd/exposure_observer.hpp"

#include <algorithm>
#include <utility>

#include "parse/exposure.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::observe {
ExposureObserver::ExposureObserver(event::Loop& loop, bus::Scope scope, Put<ExposureKey> put,
                                   Options options)
    : loop_(loop),
      scope_(scope),
      put_(std::move(put)),
      options_(std::move(options)),
      next_(loop.timer([this] { analyze_next(); })) {}

void ExposureObserver::follow(const std::set<ExposureKey>& keys) {
  std::erase_if(followed_, [&keys](const auto& each) { return !keys.contains(each.first); });
  for (const ExposureKey& key : keys) {
    if (semantics::unit_type(key.unit) == "service") {
      followed_.try_emplace(key);
    } else {
      put_(key, Unseen{"unsupported", "systemd-analyze security judges services only", ""});
    }
  }
  arm();
}

void ExposureObserver::look_again() {
  for (auto& [key, one] : followed_) {
    one.is_due |= !one.is_seen;
  }
  arm();
}

void ExposureObserver::resync() {
  for (auto& [key, one] : followed_) {
    one.is_due = true;
  }
  arm();
}

void ExposureObserver::gone(const Unseen& why) {
  for (auto& [key, one] : followed_) {
    one.is_seen = false;
    put_(key, why);
  }
}

// A new invocation may use a newly loaded unit. UnitNew and UnitRemoved are ignored, because
// systemd-analyze itself loads and unloads the unit.
void ExposureObserver::unit_changed(const std::string& unit, const std::string& /*interface*/,
                                    const Dict& changed, const Values& /*invalidated*/) {
  const auto at = followed_.find({unit});
  const auto invocation = changed.find("InvocationID");
  if (at != followed_.end() && invocation != changed.end() &&
      at->second.invocation != invocation->second) {
    at->second.invocation = invocation->second;
    at->second.is_due = true;
    arm();
  }
}

void ExposureObserver::arm() {
  std::optional<TimePoint> first;
  for (const auto& [key, one] : followed_) {
    if (one.is_due) {
      first = std::min(first.value_or(one.not_before), one.not_before);
    }
  }
  if (first && !running_) {
    next_.arm_at(std::max(*first, free_at_));
  } else {
    next_.disarm();
  }
}

void ExposureObserver::analyze_next() {
  const TimePoint now = loop_.now();
  const auto due = std::ranges::find_if(followed_, [now](const auto& each) {
    return each.second.is_due && each.second.not_before <= now;
  });
  if (due == followed_.end() || running_) {
    arm();
    return;
  }
  due->second.is_due = false;
  due->second.not_before = now + options_.interval;
  running_ = analyze(loop_, scope_, options_.analyze, {"security", "--", due->first.unit},
                     [this, key = due->first](const auto& output) { take(key, output); });
}

// A level is kept until a second run fails, because PID 1 may be re-executing itself.
void ExposureObserver::take(const ExposureKey& key, const Observed<std::string>& output) {
  const auto finished = std::move(running_);
  free_at_ = loop_.now() + options_.pause;
  if (const auto at = followed_.find(key); at != followed_.end()) {
    const auto level = output ? parse::exposure(*output) : std::nullopt;
    const bool was_seen = std::exchange(at->second.is_seen, level.has_value());
    if (level) {
      put_(key, *level);
    } else if (was_seen) {
      at->second.is_due = true;
    } else {
      put_(key, output ? Unseen{"unsupported", "systemd-analyze printed no exposure level", ""}
                       : output.unseen());
    }
  }
  arm();
}

SyscallGroupsObserver::SyscallGroupsObserver(event::Loop& loop, Put<SyscallGroupsKey> put,
                                             AnalyzeOptions options)
    : loop_(loop), put_(std::move(put)), options_(std::move(options)) {}

void SyscallGroupsObserver::follow(const std::set<SyscallGroupsKey>& keys) {
  followed_ = !keys.empty();
  look_again();
}

void SyscallGroupsObserver::look_again() {
  if (!followed_ || running_) {
    return;
  }
  running_ = analyze(
      loop_, bus::Scope::system, options_, {"syscall-filter"},
      [this](const Observed<std::string>& output) {
        const auto finished = std::move(running_);
        auto groups = output ? parse::syscall_groups(*output) : SyscallGroupsKey::Fact();
        if (groups.empty()) {
          put_({}, output
                       ? Unseen{"unsupported", "systemd-analyze printed no system call groups", ""}
                       : output.unseen());
        } else {
          put_({}, std::move(groups));
        }
      });
}
}  // namespace checklist::observe
