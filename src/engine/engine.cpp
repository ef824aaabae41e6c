// SPDX-License-Identifier: MIT
#include "engine/engine.hpp"

#include <algorithm>
#include <utility>

#include "engine/observers.hpp"
#include "observe/journal/journal_message_observer.hpp"
#include "observe/own/exercise_observer.hpp"
#include "observe/own/known_specs_observer.hpp"
#include "observe/own/publisher_observer.hpp"
#include "observe/own/record_observer.hpp"
#include "observe/probes/probe_observer.hpp"
#include "observe/root/config_test_observer.hpp"
#include "observe/unit_files/definition_observer.hpp"

namespace checklist::engine {
namespace {
using namespace std::chrono_literals;
constexpr Duration storm_interval = 100ms;
constexpr Duration resync_of_unit = 300ms;  // of the interval: a thousand units, five minutes
constexpr Duration most_stale = 50ms;       // the report's age while signals keep arriving

unsigned burst_of(const config::Configuration& configuration) {
  constexpr auto intervals_a_second = static_cast<std::uint64_t>(1s / storm_interval);
  return static_cast<unsigned>(
      std::max<std::uint64_t>(configuration.max_rate / intervals_a_second, 1));
}

bool counts_messages(const config::Service& service) {
  return std::ranges::any_of(service.checks,
                             [](const auto& check) { return check.traits.counts_messages; });
}
}  // namespace

Engine::Engine(event::Loop& loop, bus::Scope scope, std::string manager,
               config::Configuration configuration, std::function<void(const Report&)> on_report)
    : loop_(loop),
      manager_(std::move(manager)),
      evaluation_(std::make_unique<Evaluation>(facts_, std::move(configuration), manager_)),
      on_report_(std::move(on_report)),
      evaluate_(evaluation_source()),
      due_(loop.timer([this] { evaluate_->arm(); })),
      resync_(loop.timer([this] {
        observers_->look_again();
        sweep_ = Sweep::due;
        resync_later();
      })),
      observers_(std::make_unique<Observers>(
          loop, scope, facts_, [this] { fact_arrived(); }, [this] { on_counted_(); })) {
  observers_->look_at_sockets_every(evaluation_->configuration().socket_interval);
  resync_later();
  evaluate_->arm();
}

Engine::~Engine() = default;

void Engine::resync_later() {
  const config::Configuration& configuration = evaluation_->configuration();
  const auto units = static_cast<std::int64_t>(configuration.services.size());
  resync_.arm_at(loop_.now() + std::max(configuration.resync, units * resync_of_unit));
}

std::unique_ptr<event::Coalesced> Engine::evaluation_source() {
  const event::Throttle throttle{.interval = storm_interval,
                                 .burst = burst_of(evaluation_->configuration()),
                                 .max_delay = most_stale,
                                 .cooldown_factor = 1};  // at most half of the time
  return std::make_unique<event::Coalesced>(loop_, throttle, [this] { evaluate(); });
}

std::shared_ptr<const Report> Engine::report() const {
  return evaluation_->report();
}

bool Engine::settled() const {
  return evaluation_->settled() && !facts_.any_marked() && report() != nullptr;
}

EngineFigures Engine::figures() const {
  EngineFigures out{.bus_up = observers_->systemd.connected(),
                    .bus_reconnects = observers_->systemd.reconnects(),
                    .signals = observers_->systemd.signals(),
                    .evaluations = evaluation_->evaluations(),
                    .evaluation_duration = evaluation_duration_,
                    .observers = observers_->states(),
                    .manager = manager_};
  const auto messages = observers_->get<observe::JournalMessageObserver>().kept().counts;
  for (const auto& service : evaluation_->configuration().services) {
    const auto probed =
        observers_->get<observe::ProbeObserver>().durations().find(service.spec.unit);
    if (probed != observers_->get<observe::ProbeObserver>().durations().end()) {
      out.probes.insert(*probed);
    }
    const auto used = observers_->usages.usages().find(service.spec.unit);
    if (used != observers_->usages.usages().end()) {
      out.usages.insert(*used);
    }
    const auto counted = messages.find(service.spec.unit);
    if (counted != messages.end() && counts_messages(service)) {
      out.messages.insert(*counted);
    }
  }
  return out;
}

void Engine::fact_arrived() {
  if (facts_.any_marked()) {
    evaluate_->arm();
  }
}

void Engine::evaluate() {
  const auto wall = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  const TimePoint began = loop_.now();
  const bool is_new = evaluation_->run({.moment = began, .wall = wall});
  evaluation_duration_.add(std::chrono::duration_cast<Duration>(loop_.now() - began));
  if (sweep_ == Sweep::due || (sweep_ == Sweep::when_settled && evaluation_->settled())) {
    facts_.drop_unread();
    sweep_ = Sweep::not_due;
  }
  facts_.drop_unread<ProbeKey>();  // a probe would wake a service that went idle
  observers_->follow_all();
  wake();
  if (is_new) {
    on_report_(*evaluation_->report());
  }
}

void Engine::wake() {
  if (facts_.any_marked()) {
    evaluate_->arm();
  }
  if (const auto due = evaluation_->due()) {
    due_.arm_at(*due);
  } else {
    due_.disarm();
  }
}

void Engine::reconfigure(config::Configuration configuration) {
  replace_specs(std::move(configuration));
  sweep_ = Sweep::when_settled;
  observers_->look_again();
}

void Engine::replace_specs(config::Configuration configuration) {
  const auto previous = std::move(evaluation_);
  evaluation_ = std::make_unique<Evaluation>(facts_, std::move(configuration), manager_);
  evaluation_->continue_after(*previous);
  evaluate_ = evaluation_source();
  observers_->look_at_sockets_every(evaluation_->configuration().socket_interval);
  evaluate_->arm();
}

void Engine::merge(const std::string& user, UserReports::Services services,
                   std::set<std::string> failed_units) {
  if (observers_->own_sandbox.hides_users()) {
    return;  // every sender seems to be the same user
  }
  evaluation_->merge("user:" + user, std::move(services), loop_.now());
  observers_->get<observe::PublisherObserver>().reported(user, std::move(failed_units));
  evaluate_->arm();
}

void Engine::resume(StatusHistory::Tracks tracks, std::vector<Change> changes) {
  evaluation_->resume(std::move(tracks), std::move(changes));
}

void Engine::know_specs(std::map<std::string, bool> specs) {
  observers_->get<observe::KnownSpecsObserver>().know(std::move(specs));
}

void Engine::know_exercises(Observed<Exercises> records) {
  observers_->get<observe::ExerciseObserver>().know(std::move(records));
}

void Engine::acknowledge(Acknowledgements acknowledged) {
  evaluation_->acknowledge(std::move(acknowledged));
  evaluate_->arm();
}

void Engine::disable_publishers(Unseen why) {
  observers_->get<observe::PublisherObserver>().disable(std::move(why));
}

void Engine::disable_config_tests(Unseen why) {
  observers_->get<observe::ConfigTestObserver>().disable(std::move(why));
}

void Engine::restore_records(const store::State& state) {
  observers_->get<observe::RecordObserver>().restore(state.boot_id, state.records);
  observers_->get<observe::DefinitionObserver>().restore(state.boot_id, state.records);
}

void Engine::begin_records() {
  observers_->get<observe::RecordObserver>().begin();
}

std::map<std::string, store::KeptRecord> Engine::records(std::set<std::string> units) const {
  for (const RecordKey& key : observers_->get<observe::RecordObserver>().followed()) {
    units.insert(key.unit);
  }
  auto out = observers_->get<observe::RecordObserver>().kept();
  observers_->get<observe::DefinitionObserver>().add_kept(out);
  std::erase_if(out, [&units](const auto& entry) { return !units.contains(entry.first); });
  return out;
}

std::uint64_t Engine::record_changes() const {
  return observers_->get<observe::RecordObserver>().changes() +
         observers_->get<observe::DefinitionObserver>().changes();
}

void Engine::restore_messages(const store::KeptMessages& kept, std::function<void()> counted) {
  observers_->get<observe::JournalMessageObserver>().restore(kept);
  on_counted_ = std::move(counted);
}

store::KeptMessages Engine::messages() const {
  return observers_->get<observe::JournalMessageObserver>().kept();
}

std::uint64_t Engine::message_changes() const {
  return observers_->get<observe::JournalMessageObserver>().changes();
}

StatusHistory::Tracks Engine::tracks() const {
  return evaluation_->tracks();
}

std::uint64_t Engine::status_changes() const {
  return evaluation_->status_changes();
}
}  // namespace checklist::engine
