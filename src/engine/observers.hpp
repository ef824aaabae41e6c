// SPDX-License-Identifier: MIT
// Every observer, each putting what it sees into the store, and what some of them tell each other.
#pragma once
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "checklist/facts.hpp"

#include "bus/bus.hpp"
#include "engine/now.hpp"
#include "engine/observer_course.hpp"
#include "engine/observer_state.hpp"
#include "event/loop.hpp"
#include "observe/accounts_observer.hpp"
#include "observe/cgroup_observer.hpp"
#include "observe/definition_observer.hpp"
#include "observe/device_class_observer.hpp"
#include "observe/enablement_observer.hpp"
#include "observe/exposure_observer.hpp"
#include "observe/failed_units_observer.hpp"
#include "observe/file_observer.hpp"
#include "observe/freezer_watch.hpp"
#include "observe/glob_observer.hpp"
#include "observe/history_observer.hpp"
#include "observe/host_observer.hpp"
#include "observe/install_link_observer.hpp"
#include "observe/journal_message_observer.hpp"
#include "observe/known_specs_observer.hpp"
#include "observe/linger_observer.hpp"
#include "observe/listener_observer.hpp"
#include "observe/local_ports_observer.hpp"
#include "observe/machine_observer.hpp"
#include "observe/node_observer.hpp"
#include "observe/probe_observer.hpp"
#include "observe/process_observer.hpp"
#include "observe/property_observer.hpp"
#include "observe/publisher_observer.hpp"
#include "observe/record_observer.hpp"
#include "observe/systemd.hpp"
#include "observe/unit_file_observer.hpp"
#include "observe/unit_observer.hpp"
#include "observe/unix_peer_observer.hpp"
#include "observe/usage_sampler.hpp"
#include "observe/wall_clock_observer.hpp"
#include "observe/written_facts.hpp"

namespace checklist::engine {
struct Observers {
  // Borrows the loop and the store; `arrived` is called after each fact that was put,
  // `counted` after messages in the journal were.
  Observers(event::Loop& loop, bus::Scope scope, Facts& facts, std::function<void()> arrived,
            std::function<void()> counted);

  // Tells every observer what is asked for, if that changed.
  void follow_all();
  void look_again();
  void look_at_sockets_every(Duration interval);

  // Of those that are asked for anything.
  [[nodiscard]] std::vector<ObserverState> states() const;

 private:
  template <class Key>
  observe::Put<Key> into_store(const char* name);
  void learn(const Host& seen);
  void place(const PropertyKey& key, const Observed<Value>& fact);
  template <class Each>
  void for_each(const Each& each);

  struct Kind {
    std::string name;
    ObserverCourse course;
    std::function<std::optional<bool>()> sees;
  };

  [[nodiscard]] Now now() const;

  event::Loop& loop_;
  Facts& facts_;
  std::function<void()> arrived_;
  std::list<Kind> kinds_;  // of facts, each put by one observer

 public:
  observe::RecordObserver records;  // hears what the others see
  observe::Systemd systemd;
  observe::DefinitionObserver definitions;  // asks first: what a load was of is over at the next
  observe::UnitObserver units;
  observe::PropertyObserver properties;
  observe::FreezerWatch freezers;
  observe::UsageSampler usages;
  observe::EnablementObserver enablement;
  observe::HostObserver host;
  observe::HistoryObserver history;
  observe::JournalMessageObserver messages;
  observe::UnitFileObserver unit_files;
  observe::InstallLinkObserver install_links;
  observe::WrittenFacts written_facts;
  observe::FileObserver files;
  observe::GlobObserver globs;
  observe::AccountsObserver accounts;
  observe::WallClockObserver wall_clock;
  observe::FailedUnitsObserver failed_units;
  observe::LingerObserver linger;
  observe::ListenerObserver listeners;
  observe::LocalPortsObserver local_ports;
  observe::UnixPeerObserver unix_peers;
  observe::NodeObserver nodes;
  observe::DeviceClassObserver device_classes;
  observe::KnownSpecsObserver known_specs;
  observe::PublisherObserver publishers;
  observe::ProbeObserver probes;
  observe::ProcessObserver processes;
  observe::MountsObserver mounts;
  observe::CgroupObserver cgroups;
  observe::MachineObserver machine;
  observe::ExposureObserver exposures;
  observe::SyscallGroupsObserver syscall_groups;
};
}  // namespace checklist::engine
