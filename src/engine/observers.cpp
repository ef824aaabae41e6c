// SPDX-License-Identifier: MIT
#include "engine/observers.hpp"

#include <cstdlib>

namespace checklist::engine {
namespace {
template <class Key>
void follow(Facts& facts, observe::Observer<Key>& observer) {
  if (const auto keys = facts.wanted<Key>()) {
    observer.follow(*keys);
  }
}

// Who asks for a unit's cgroup will want to know those it had before, which its record holds.
void follow(Facts& facts, observe::PropertyObserver& observer) {
  if (auto keys = facts.wanted<PropertyKey>()) {
    std::set<PropertyKey> ids;
    for (const PropertyKey& key : *keys) {
      if (key.name == "ControlGroup") {
        ids.insert({key.unit, "ControlGroupId"});
      }
    }
    keys->merge(ids);
    observer.follow(*keys);
  }
}

// Where systemd put what LoadCredential= of our own unit names (systemd.exec(5)).
std::string credentials_directory() {
  const char* path = std::getenv("CREDENTIALS_DIRECTORY");
  return path != nullptr ? path : "";
}
}  // namespace

template <class Key>
observe::Put<Key> Observers::into_store() {
  return [this](const Key& key, Observed<typename Key::Fact> fact) {
    records.saw(key, fact);
    facts_.put(key, std::move(fact));
    arrived_();
  };
}

Observers::Observers(event::Loop& loop, bus::Scope scope, Facts& facts,
                     std::function<void()> arrived, std::function<void()> counted)
    : facts_(facts),
      arrived_(std::move(arrived)),
      records(loop, into_store<RecordKey>()),
      systemd(loop, scope),
      units(systemd, into_store<UnitKey>(),
            [this](const std::string& unit) {
              properties.unit_turned(unit);
              host.unit_turned();
              listeners.look_soon();
              cgroups.unit_turned(unit);
            }),
      properties(
          systemd,
          [this, put = into_store<PropertyKey>()](const PropertyKey& key, Observed<Value> fact) {
            place(key, fact);
            put(key, std::move(fact));
          }),
      freezers(loop, "/sys/fs/cgroup",
               [this](const std::string& unit) {
                 properties.look_at({unit, "FreezerState"});
               }),
      usages(loop),
      enablement(systemd, into_store<EnablementKey>()),
      host(loop, systemd,
           [this, put = into_store<HostKey>()](const HostKey& key, Observed<Host> fact) {
             if (fact) {
               learn(*fact);
             }
             put(key, std::move(fact));
           }),
      history(loop, scope, into_store<HistoryKey>()),
      messages(loop, scope, into_store<JournalMessagesKey>(), std::move(counted)),
      unit_files(loop, into_store<UnitFileKey>()),
      definitions(loop, systemd, into_store<DefinitionKey>(),
                  [this](const std::string& unit) {
                    properties.look_at({unit, "NeedDaemonReload"});
                  }),
      install_links(loop, into_store<InstallLinksKey>(), [this] { enablement.look_again(); }),
      written_facts(loop,
                    [this] {
                      files.look_again();
                      globs.look_again();
                    }),
      files(loop, into_store<FileKey>(), written_facts),
      globs(loop, into_store<GlobKey>(), written_facts),
      accounts(loop, into_store<AccountsKey>()),
      wall_clock(loop, into_store<WallClockKey>()),
      failed_units(systemd, into_store<FailedUnitsKey>()),
      linger(loop, into_store<LingerKey>()),
      listeners(loop, {}, into_store<ListenersKey>()),
      local_ports(into_store<LocalPortsKey>()),
      unix_peers(loop, into_store<UnixPeerKey>()),
      nodes(loop, into_store<NodeKey>()),
      device_classes(loop, into_store<DeviceClassesKey>()),
      known_specs(into_store<KnownSpecsKey>()),
      publishers(loop, into_store<PublisherKey>()),
      probes(loop, into_store<ProbeKey>(), credentials_directory()),
      processes(loop, observe::read_process, into_store<ProcessKey>()),
      mounts(loop, observe::read_mounts, into_store<MountsKey>()),
      cgroups(loop, into_store<CgroupKey>()),
      machine(into_store<MachineKey>(), observe::unified_hierarchy()),
      exposures(loop, scope, into_store<ExposureKey>(), {}),
      syscall_groups(loop, into_store<SyscallGroupsKey>()) {
  systemd.attach(unit_files);
  systemd.attach(install_links);
  systemd.attach(exposures);
}

// Unit files lie where the manager says.
void Observers::learn(const Host& seen) {
  install_links.search_path(seen.unit_path);
  definitions.search_path(seen.unit_path);
}

// A unit's processes are in another cgroup by now, or in none.
void Observers::place(const PropertyKey& key, const Observed<Value>& fact) {
  if (key.name == "ControlGroup" && fact) {
    const auto* cgroup = fact->get<std::string>();
    freezers.place(key.unit, cgroup != nullptr ? *cgroup : std::string());
    usages.place(key.unit, cgroup != nullptr ? *cgroup : std::string());
  }
}

template <class Each>
void Observers::for_each(const Each& each) {
  each(records);
  each(units);
  each(properties);
  each(enablement);
  each(host);
  each(history);
  each(messages);
  each(unit_files);
  each(definitions);
  each(install_links);
  each(files);
  each(globs);
  each(accounts);
  each(wall_clock);
  each(failed_units);
  each(linger);
  each(listeners);
  each(local_ports);
  each(unix_peers);
  each(nodes);
  each(device_classes);
  each(known_specs);
  each(publishers);
  each(probes);
  each(processes);
  each(mounts);
  each(cgroups);
  each(machine);
  each(exposures);
  each(syscall_groups);
}

void Observers::follow_all() {
  for_each([this](auto& observer) { follow(facts_, observer); });
}

void Observers::look_again() {
  for_each([](auto& observer) { observer.look_again(); });
}

void Observers::look_at_sockets_every(Duration interval) {
  listeners.look_every(interval);
}
}  // namespace checklist::engine
