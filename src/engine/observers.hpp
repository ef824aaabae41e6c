// SPDX-License-Identifier: MIT
// Every observer, each putting what it sees into the store, and what some of them tell each other.
#pragma once
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "checklist/facts/store.hpp"

#include "bus/bus.hpp"
#include "engine/now.hpp"
#include "engine/observer_course.hpp"
#include "engine/observer_state.hpp"
#include "event/loop.hpp"
#include "observe/files/accounts_observer.hpp"
#include "observe/files/device_class_observer.hpp"
#include "observe/files/file_observer.hpp"
#include "observe/files/glob_observer.hpp"
#include "observe/files/linger_observer.hpp"
#include "observe/files/node_observer.hpp"
#include "observe/files/root_facts.hpp"
#include "observe/journal/history_observer.hpp"
#include "observe/journal/journal_message_observer.hpp"
#include "observe/own/known_specs_observer.hpp"
#include "observe/own/publisher_observer.hpp"
#include "observe/own/record_observer.hpp"
#include "observe/own/wall_clock_observer.hpp"
#include "observe/probes/probe_observer.hpp"
#include "observe/proc/cgroup_observer.hpp"
#include "observe/proc/freezer_watch.hpp"
#include "observe/proc/machine_observer.hpp"
#include "observe/proc/process_observer.hpp"
#include "observe/proc/usage_sampler.hpp"
#include "observe/sockets/listener_observer.hpp"
#include "observe/sockets/local_ports_observer.hpp"
#include "observe/sockets/unix_peer_observer.hpp"
#include "observe/systemd/enablement_observer.hpp"
#include "observe/systemd/exposure_observer.hpp"
#include "observe/systemd/failed_units_observer.hpp"
#include "observe/systemd/host_observer.hpp"
#include "observe/systemd/property_observer.hpp"
#include "observe/systemd/systemd.hpp"
#include "observe/systemd/unit_observer.hpp"
#include "observe/unit_files/definition_observer.hpp"
#include "observe/unit_files/install_link_observer.hpp"
#include "observe/unit_files/unit_file_observer.hpp"

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
  observe::RootFacts root_facts;
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
