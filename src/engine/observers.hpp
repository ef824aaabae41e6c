// SPDX-License-Identifier: MIT
// All observers, one for each key of Facts; each puts what it sees into the store.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "checklist/facts/store.hpp"
#include "checklist/figures.hpp"

#include "bus/bus.hpp"
#include "engine/now.hpp"
#include "engine/observer_stats.hpp"
#include "engine/own_sandbox.hpp"
#include "event/loop.hpp"
#include "observe/observer.hpp"
#include "observe/own/record_observer.hpp"
#include "observe/proc/freezer_watch.hpp"
#include "observe/proc/usage_sampler.hpp"
#include "observe/root/root_facts.hpp"
#include "observe/systemd/systemd.hpp"

namespace checklist::engine {
// One kind of fact and its observer.
template <class Key>
struct ObserverSlot {
  std::string name;  // the label `observer` in metrics
  ObserverStats stats;
  std::unique_ptr<observe::Observer<Key>> observer;
};

template <class Store>
struct SlotsOf;

template <class... Keys>
struct SlotsOf<FactStore<Keys...>> {
  using type = std::tuple<ObserverSlot<Keys>...>;
};

template <class Key>
ObserverSlot<Key> slot_for(const observe::Observer<Key>*);  // for SlotFor only

template <class Observer>
using SlotFor = decltype(slot_for(static_cast<const Observer*>(nullptr)));

class Observers {
 public:
  // Borrows the loop and the store. Calls `arrived` after each fact it put, and `counted` after
  // messages in the journal were counted.
  Observers(event::Loop& loop, bus::Scope scope, Facts& facts, std::function<void()> arrived,
            std::function<void()> counted);
  ~Observers();
  Observers(const Observers&) = delete;
  Observers& operator=(const Observers&) = delete;

  // Hands every observer the keys that checks ask for, if they changed.
  void follow_all();
  // Has every observer read everything again.
  void look_again();
  void look_at_sockets_every(Duration interval);

  // The state of each observer that has a key to follow.
  [[nodiscard]] std::vector<ObserverFigures> states() const;

  // The observer of this class. Throws std::bad_cast if its key is observed by another class.
  template <class Observer>
  [[nodiscard]] Observer& get() const {
    return dynamic_cast<Observer&>(*std::get<SlotFor<Observer>>(slots_).observer);
  }

 private:
  void add_all(bus::Scope scope, std::function<void()> counted);
  template <class Observer, class... Arguments>
  SlotFor<Observer>* add(Arguments&&... arguments);
  template <class Key>
  observe::Put<Key> put(const char* name);
  observe::Put<PropertyKey> put_property();
  observe::Put<DefinitionKey> put_definition();
  observe::Put<HostKey> put_host();
  void unit_turned(const std::string& unit);
  [[nodiscard]] Now now() const;

  event::Loop& loop_;
  Facts& facts_;
  std::function<void()> arrived_;
  SlotsOf<Facts>::type slots_;
  std::map<std::string, std::vector<DefinitionFile>> definitions_;  // as last seen on disk
  std::set<std::string> redefined_;  // units whose properties are being read because of that
  observe::RecordObserver* records_ = nullptr;      // sees every fact; the first one that is added
  std::vector<std::function<void()>> destructors_;  // in the order in which observers were added

 public:
  const OwnSandbox own_sandbox{};
  observe::Systemd systemd;
  observe::FreezerWatch freezers;
  observe::UsageSampler usages;
  observe::RootFacts root_facts;
};
}  // namespace checklist::engine
