// SPDX-License-Identifier: MIT
// Probes services over HTTP, TCP and unix sockets while their results are asked for. Targets have
// independent schedules: a server that hangs, or sends too slowly or too much, affects its own
// probe only.
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "checklist/duration_total.hpp"

#include "event/loop.hpp"
#include "observe/observer.hpp"
#include "observe/probes/curl_multi.hpp"
#include "observe/probes/probe_run.hpp"
#include "observe/probes/probe_schedule.hpp"

namespace checklist::observe {
class ProbeObserver : public Observer<ProbeKey> {
 public:
  static constexpr std::size_t most_at_once = 64;

  // `credentials` is $CREDENTIALS_DIRECTORY.
  ProbeObserver(event::Loop& loop, Put<ProbeKey> put, std::string credentials);

  void follow(const std::set<ProbeKey>& keys) override;

  // Does nothing: each target is probed on its own interval, which may be long to save load.
  void look_again() override {}

  // Returns the durations of probes by unit, including units that are no longer followed.
  [[nodiscard]] const std::map<std::string, DurationTotal>& durations() const { return durations_; }

 private:
  struct Followed {
    ProbeSchedule schedule;
    event::Source next;
    std::unique_ptr<ProbeRun> run{};
    TimePoint began{};
    bool waits = false;  // for a slot of most_at_once
  };

  void probe(const ProbeKey& key);
  void start(const ProbeKey& key, Followed& followed);
  void ended(const ProbeKey& key, const Observed<Probe>& outcome);
  void start_waiting();

  event::Loop& loop_;
  Put<ProbeKey> put_;
  std::string credentials_;
  std::minstd_rand random_;
  std::optional<CurlMulti> multi_;  // created for the first probe: TLS takes memory
  std::size_t at_once_ = 0;
  std::deque<ProbeKey> waiting_;
  std::map<std::string, DurationTotal> durations_;
  std::map<ProbeKey, Followed> followed_;
};
}  // namespace checklist::observe
