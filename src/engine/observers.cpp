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
observe::Put<Key> Observers::into_store(const char* name) {
  auto& kind = kinds_.emplace_back(
      Kind{.name = name, .course = {}, .sees = [this] { return facts_.sees<Key>(); }});
  return [this, &course = kind.course](const Key& key, Observed<typename Key::Fact> fact) {
    records.saw(key, fact);
    course.told(static_cast<bool>(fact), now());
    facts_.put(key, std::move(fact));
    arrived_();
  };
}

Observers::Observers(event::Loop& loop, bus::Scope scope, Facts& facts,
                     std::function<void()> arrived, std::function<void()> counted)
    : loop_(loop),
      facts_(facts),
      arrived_(std::move(arrived)),
      records(loop, into_store<RecordKey>("records")),
      systemd(loop, scope),
      definitions(loop, systemd, into_store<DefinitionKey>("definitions")),
      units(systemd, into_store<UnitKey>("units"),
            [this](const std::string& unit) {
              properties.unit_turned(unit);
              host.unit_turned();
              listeners.look_soon();
              cgroups.unit_turned(unit);
            }),
      properties(systemd,
                 [this, put = into_store<PropertyKey>("properties")](const PropertyKey& key,
                                                                     Observed<Value> fact) {
                   place(key, fact);
                   put(key, std::move(fact));
                 }),
      freezers(loop, "/sys/fs/cgroup",
               [this](const std::string& unit) {
                 properties.look_at({unit, "FreezerState"});
               }),
      usages(loop),
      enablement(systemd, into_store<EnablementKey>("enablement")),
      host(loop, systemd,
           [this, put = into_store<HostKey>("host")](const HostKey& key, Observed<Host> fact) {
             if (fact) {
               learn(*fact);
             }
             put(key, std::move(fact));
           }),
      history(loop, scope, into_store<HistoryKey>("history")),
      messages(loop, scope, into_store<JournalMessagesKey>("journal_messages"), std::move(counted)),
      unit_files(loop, into_store<UnitFileKey>("unit_files")),
      install_links(loop, into_store<InstallLinksKey>("install_links"),
                    [this] { enablement.look_again(); }),
      root_facts(loop,
                 [this] {
                   files.look_again();
                   globs.look_again();
                 }),
      files(loop, into_store<FileKey>("files"), root_facts),
      globs(loop, into_store<GlobKey>("globs"), root_facts),
      accounts(loop, into_store<AccountsKey>("accounts")),
      wall_clock(loop, into_store<WallClockKey>("wall_clock")),
      failed_units(systemd, into_store<FailedUnitsKey>("failed_units")),
      linger(loop, into_store<LingerKey>("linger")),
      listeners(loop, {}, into_store<ListenersKey>("listeners")),
      local_ports(into_store<LocalPortsKey>("local_ports")),
      unix_peers(loop, into_store<UnixPeerKey>("unix_peers")),
      nodes(loop, into_store<NodeKey>("nodes")),
      device_classes(loop, into_store<DeviceClassesKey>("device_classes")),
      known_specs(into_store<KnownSpecsKey>("known_specs")),
      publishers(loop, into_store<PublisherKey>("publishers")),
      probes(loop, into_store<ProbeKey>("probes"), credentials_directory()),
      processes(loop, observe::read_process, into_store<ProcessKey>("processes")),
      mounts(loop, observe::read_mounts, into_store<MountsKey>("mounts")),
      cgroups(loop, into_store<CgroupKey>("cgroups")),
      machine(into_store<MachineKey>("machine"), observe::unified_hierarchy()),
      exposures(loop, scope, into_store<ExposureKey>("exposures"), {}),
      syscall_groups(loop, into_store<SyscallGroupsKey>("syscall_groups")) {
  systemd.attach(unit_files);
  systemd.attach(install_links);
  systemd.attach(exposures);
  systemd.attach(listeners);
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
  for (Kind& kind : kinds_) {
    kind.course.looks(loop_.now());
  }
  for_each([](auto& observer) { observer.look_again(); });
}

Now Observers::now() const {
  return {.moment = loop_.now(),
          .wall = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now())};
}

std::vector<ObserverState> Observers::states() const {
  std::vector<ObserverState> out;
  for (const Kind& kind : kinds_) {
    if (const auto sees = kind.sees()) {
      out.push_back({.name = kind.name,
                     .is_up = *sees,
                     .last_success = kind.course.last_success(),
                     .duration = kind.course.duration()});
    }
  }
  return out;
}

void Observers::look_at_sockets_every(Duration interval) {
  listeners.look_every(interval);
}
}  // namespace checklist::engine
