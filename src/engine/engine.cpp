// SPDX-License-Identifier: MIT
#include "engine/engine.hpp"

#include "observe/enablement_observer.hpp"
#include "observe/host_observer.hpp"
#include "observe/property_observer.hpp"
#include "observe/systemd.hpp"
#include "observe/unit_observer.hpp"

namespace checklist::engine {
namespace {
using namespace std::chrono_literals;
constexpr Duration storm_interval = 100ms;
constexpr unsigned storm_burst = 10;
}  // namespace

struct Engine::Observers {
  Observers(Engine& engine, bus::Scope scope)
      : systemd(engine.loop_, scope),
        units(systemd, into<UnitKey>(engine),
              [this](const std::string& unit) {
                properties.unit_turned(unit);
                host.unit_turned();
              }),
        properties(systemd, into<PropertyKey>(engine)),
        enablement(systemd, into<EnablementKey>(engine)),
        host(engine.loop_, systemd, into<HostKey>(engine)) {}

  template <class Key>
  static observe::Put<Key> into(Engine& engine) {
    return [&engine](const Key& key, Observed<typename Key::Fact> fact) {
      engine.facts_.put(key, std::move(fact));
      engine.fact_arrived();
    };
  }

  template <class Key>
  static void follow(Facts& facts, observe::Observer<Key>& observer) {
    if (const auto keys = facts.wanted<Key>()) {
      observer.follow(*keys);
    }
  }

  void follow_all(Facts& facts) {
    follow<UnitKey>(facts, units);
    follow<PropertyKey>(facts, properties);
    follow<EnablementKey>(facts, enablement);
    follow<HostKey>(facts, host);
  }

  void look_again() {
    units.look_again();
    properties.look_again();
    enablement.look_again();
    host.look_again();
  }

  observe::Systemd systemd;
  observe::UnitObserver units;
  observe::PropertyObserver properties;
  observe::EnablementObserver enablement;
  observe::HostObserver host;
};

Engine::Engine(event::Loop& loop, bus::Scope scope, std::string manager,
               config::Configuration configuration, std::function<void(const Report&)> on_report)
    : loop_(loop),
      manager_(std::move(manager)),
      evaluation_(std::make_unique<Evaluation>(facts_, std::move(configuration), manager_)),
      on_report_(std::move(on_report)),
      evaluate_(loop.rate_limited(event::Priority::evaluation, storm_interval, storm_burst,
                                  [this] { evaluate(); })),
      due_(loop.timer([this] { evaluate_.arm(); })),
      resync_(loop.timer([this] {
        observers_->look_again();
        resync_.arm_at(loop_.now() + evaluation_->configuration().resync);
      })),
      observers_(std::make_unique<Observers>(*this, scope)) {
  resync_.arm_at(loop_.now() + evaluation_->configuration().resync);
  evaluate_.arm();
}

Engine::~Engine() = default;

std::shared_ptr<const Report> Engine::report() const {
  return evaluation_->report();
}

bool Engine::settled() const {
  return evaluation_->settled() && !facts_.any_marked() && report() != nullptr;
}

Figures Engine::figures() const {
  return {.bus_up = observers_->systemd.connected(),
          .bus_reconnects = observers_->systemd.reconnects(),
          .signals = observers_->systemd.signals(),
          .evaluations = evaluation_->evaluations()};
}

void Engine::fact_arrived() {
  if (facts_.any_marked()) {
    evaluate_.arm();
  }
}

void Engine::evaluate() {
  const auto wall = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  const bool is_new = evaluation_->run({.moment = loop_.now(), .wall = wall});
  observers_->follow_all(facts_);
  wake();
  if (is_new) {
    on_report_(*evaluation_->report());
  }
}

void Engine::wake() {
  if (facts_.any_marked()) {
    evaluate_.arm();
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
  evaluation_->resume(former->tracks(), {former->changes().begin(), former->changes().end()});
  evaluation_->continue_after(*former);
  observers_->look_again();
  evaluate_.arm();
}

void Engine::merge(const std::string& user, Published::Services services) {
  evaluation_->merge("user:" + user, std::move(services), loop_.now());
  facts_.put(PublisherKey{user}, Publisher{.since = loop_.now(), .last_report = loop_.now()});
  evaluate_.arm();
}

void Engine::resume(const Evaluation::Tracks& tracks, const std::vector<Change>& changes) {
  evaluation_->resume(tracks, changes);
}

Evaluation::Tracks Engine::tracks() const {
  return evaluation_->tracks();
}
}  // namespace checklist::engine
