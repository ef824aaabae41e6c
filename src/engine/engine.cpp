// SPDX-License-Identifier: MIT
#include "engine/engine.hpp"

#include <algorithm>
#include <utility>

#include "engine/observers.hpp"

namespace checklist::engine {
namespace {
using namespace std::chrono_literals;
constexpr Duration storm_interval = 100ms;
constexpr Duration most_stale = 50ms;  // the report, while signals come without a pause

unsigned burst_of(const config::Configuration& configuration) {
  constexpr auto intervals_a_second = static_cast<std::uint64_t>(1s / storm_interval);
  return static_cast<unsigned>(
      std::max<std::uint64_t>(configuration.max_rate / intervals_a_second, 1));
}

bool runs(const config::Service& service, std::string_view check) {
  return std::ranges::find(service.checks, check, &config::NamedCheck::name) !=
         service.checks.end();
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
        sweep_is_due_ = true;
        resync_.arm_at(loop_.now() + evaluation_->configuration().resync);
      })),
      observers_(std::make_unique<Observers>(
          loop, scope, facts_, [this] { fact_arrived(); }, [this] { on_counted_(); })) {
  observers_->look_at_sockets_every(evaluation_->configuration().socket_interval);
  resync_.arm_at(loop_.now() + evaluation_->configuration().resync);
  evaluate_->arm();
}

Engine::~Engine() = default;

std::unique_ptr<event::Coalesced> Engine::evaluation_source() {
  const event::Throttle throttle{.interval = storm_interval,
                                 .burst = burst_of(evaluation_->configuration()),
                                 .max_delay = most_stale,
                                 .cooldown_factor = 1};  // half of the time at most
  return std::make_unique<event::Coalesced>(loop_, throttle, [this] { evaluate(); });
}

std::shared_ptr<const Report> Engine::report() const {
  return evaluation_->report();
}

bool Engine::settled() const {
  return evaluation_->settled() && !facts_.any_marked() && report() != nullptr;
}

Figures Engine::figures() const {
  Figures out{.bus_up = observers_->systemd.connected(),
              .bus_reconnects = observers_->systemd.reconnects(),
              .signals = observers_->systemd.signals(),
              .evaluations = evaluation_->evaluations(),
              .evaluation_durations = evaluation_durations_,
              .observers = observers_->states()};
  const auto messages = observers_->messages.kept().counts;
  for (const auto& service : evaluation_->configuration().services) {
    const auto probed = observers_->probes.durations().find(service.spec.unit);
    if (probed != observers_->probes.durations().end()) {
      out.probes.insert(*probed);
    }
    const auto used = observers_->usages.usages().find(service.spec.unit);
    if (used != observers_->usages.usages().end()) {
      out.usages.insert(*used);
    }
    const auto counted = messages.find(service.spec.unit);
    if (counted != messages.end() && runs(service, "journal_errors")) {
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
  evaluation_durations_.add(std::chrono::duration_cast<Duration>(loop_.now() - began));
  if (std::exchange(sweep_is_due_, false)) {
    facts_.drop_unread();
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
  const auto former = std::move(evaluation_);
  for (Reader reader = 0; reader <= former->configuration().services.size(); ++reader) {
    facts_.forget(reader);
  }
  evaluation_ = std::make_unique<Evaluation>(facts_, std::move(configuration), manager_);
  evaluation_->continue_after(*former);
  evaluate_ = evaluation_source();
  observers_->look_at_sockets_every(evaluation_->configuration().socket_interval);
  observers_->look_again();
  sweep_is_due_ = true;
  evaluate_->arm();
}

void Engine::merge(const std::string& user, Published::Services services) {
  evaluation_->merge("user:" + user, std::move(services), loop_.now());
  observers_->publishers.reported(user);
  evaluate_->arm();
}

void Engine::resume(Turns::Tracks tracks, std::vector<Change> changes) {
  evaluation_->resume(std::move(tracks), std::move(changes));
}

void Engine::know_specs(std::map<std::string, bool> specs) {
  observers_->known_specs.know(std::move(specs));
}

void Engine::acknowledge(Acknowledgements acknowledged) {
  evaluation_->acknowledge(std::move(acknowledged));
  evaluate_->arm();
}

void Engine::hear_nobody(Unseen why) {
  observers_->publishers.disable(std::move(why));
}

void Engine::restore_records(const store::State& state) {
  observers_->records.restore(state.boot_id, state.records);
  observers_->definitions.restore(state.boot_id, state.records);
}

void Engine::begin_records() {
  observers_->records.begin();
}

std::map<std::string, store::KeptRecord> Engine::records(std::set<std::string> units) const {
  for (const RecordKey& key : observers_->records.followed()) {
    units.insert(key.unit);
  }
  auto out = observers_->records.kept();
  observers_->definitions.add_kept(out);
  std::erase_if(out, [&units](const auto& entry) { return !units.contains(entry.first); });
  return out;
}

std::uint64_t Engine::record_changes() const {
  return observers_->records.changes() + observers_->definitions.changes();
}

void Engine::restore_messages(const store::KeptMessages& kept, std::function<void()> counted) {
  observers_->messages.restore(kept);
  on_counted_ = std::move(counted);
}

store::KeptMessages Engine::messages() const {
  return observers_->messages.kept();
}

std::uint64_t Engine::message_changes() const {
  return observers_->messages.changes();
}

Turns::Tracks Engine::tracks() const {
  return evaluation_->tracks();
}

std::uint64_t Engine::turns() const {
  return evaluation_->turns();
}
}  // namespace checklist::engine
