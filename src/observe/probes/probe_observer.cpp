// SPDX-License-Identifier: MIT
#include "observe/probes/probe_observer.hpp"

#include <utility>

#include "observe/probes/header_values.hpp"

namespace checklist::observe {
ProbeObserver::ProbeObserver(event::Loop& loop, Put<ProbeKey> put, std::string credentials)
    : loop_(loop),
      put_(std::move(put)),
      credentials_(std::move(credentials)),
      random_(std::random_device{}()) {}

void ProbeObserver::follow(const std::set<ProbeKey>& keys) {
  std::erase_if(followed_, [this, &keys](const auto& entry) {
    const bool is_dropped = !keys.contains(entry.first);
    at_once_ -= is_dropped && entry.second.run ? 1U : 0U;
    return is_dropped;
  });
  for (const ProbeKey& key : keys) {
    if (!followed_.contains(key)) {
      auto& followed = followed_
                           .emplace(key, Followed{.schedule = ProbeSchedule(key.pace, key.settled),
                                                  .next = loop_.timer([this, key] { probe(key); })})
                           .first->second;
      followed.next.arm_at(loop_.now());
    }
  }
  start_waiting();
}

void ProbeObserver::probe(const ProbeKey& key) {
  auto& followed = followed_.at(key);
  if (at_once_ < most_at_once) {
    start(followed_.find(key)->first, followed);
  } else if (!std::exchange(followed.waits, true)) {
    waiting_.push_back(key);
  }
}

void ProbeObserver::start(const ProbeKey& key, Followed& followed) {
  followed.began = loop_.now();
  const auto headers = header_lines(key.request.headers, credentials_);
  if (!headers) {
    put_(key, headers.unseen());
    followed.next.arm_at(loop_.now() + key.pace.interval);
    return;
  }
  if (!multi_) {
    multi_.emplace(loop_);
  }
  ++at_once_;
  followed.run = std::make_unique<ProbeRun>(
      loop_, *multi_, key, *headers,
      [this, &key](const Observed<Probe>& outcome) { ended(key, outcome); });
}

void ProbeObserver::ended(const ProbeKey& key, const Observed<Probe>& outcome) {
  auto& followed = followed_.at(key);
  const auto run = std::move(followed.run);
  --at_once_;
  durations_[key.unit].add(std::chrono::duration_cast<Duration>(loop_.now() - followed.began));
  const bool passed = outcome && outcome->outcome == ProbeOutcome::passed;
  const bool is_verdict = followed.schedule.is_conclusive(passed);
  const double jitter = std::uniform_real_distribution<double>(-1, 1)(random_);
  followed.next.arm_at(loop_.now() + followed.schedule.pause(loop_.now(), jitter));
  if (is_verdict) {
    put_(key, outcome);
  }
  start_waiting();
}

void ProbeObserver::start_waiting() {
  while (at_once_ < most_at_once && !waiting_.empty()) {
    const auto at = followed_.find(waiting_.front());
    waiting_.pop_front();
    if (at != followed_.end() && std::exchange(at->second.waits, false)) {
      start(at->first, at->second);
    }
  }
}
}  // namespace checklist::observe
