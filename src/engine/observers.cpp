// SPDX-License-Identifier: MIT
#include "engine/observers.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <type_traits>

#include "engine/every_key.hpp"
#include "observe/files/accounts_observer.hpp"
#include "observe/files/certificate_observer.hpp"
#include "observe/files/device_class_observer.hpp"
#include "observe/files/file_observer.hpp"
#include "observe/files/glob_observer.hpp"
#include "observe/files/linger_observer.hpp"
#include "observe/files/node_observer.hpp"
#include "observe/files/program_observer.hpp"
#include "observe/files/release_file_observer.hpp"
#include "observe/journal/gpu_error_observer.hpp"
#include "observe/journal/history_observer.hpp"
#include "observe/journal/ignored_line_observer.hpp"
#include "observe/journal/journal_message_observer.hpp"
#include "observe/own/exercise_observer.hpp"
#include "observe/own/known_specs_observer.hpp"
#include "observe/own/publisher_observer.hpp"
#include "observe/own/wall_clock_observer.hpp"
#include "observe/probes/probe_observer.hpp"
#include "observe/proc/cgroup_observer.hpp"
#include "observe/proc/held_files_observer.hpp"
#include "observe/proc/machine_observer.hpp"
#include "observe/proc/member_observer.hpp"
#include "observe/proc/process_observer.hpp"
#include "observe/root/config_test_observer.hpp"
#include "observe/root/look_since_observer.hpp"
#include "observe/sockets/host_address_observer.hpp"
#include "observe/sockets/listener_observer.hpp"
#include "observe/sockets/local_ports_observer.hpp"
#include "observe/sockets/unix_peer_observer.hpp"
#include "observe/systemd/boot_cycles_observer.hpp"
#include "observe/systemd/enablement_observer.hpp"
#include "observe/systemd/exposure_observer.hpp"
#include "observe/systemd/failed_units_observer.hpp"
#include "observe/systemd/host_observer.hpp"
#include "observe/systemd/property_observer.hpp"
#include "observe/systemd/system_state_observer.hpp"
#include "observe/systemd/unit_observer.hpp"
#include "observe/unit_files/definition_observer.hpp"
#include "observe/unit_files/install_link_observer.hpp"
#include "observe/unit_files/unit_file_observer.hpp"

namespace checklist::engine {
namespace {
template <class Keys>
Keys with_implied(Keys keys) {
  return keys;
}

// A check that reads a unit's cgroup also needs the previous ones, which the unit's record holds.
template <class Keys>

requires std::is_same_v<typename Keys::value_type, PropertyKey> Keys with_implied(Keys keys) {
  std::vector<PropertyKey> ids;
  for (const PropertyKey& key : keys) {
    if (key.name == "ControlGroup") {
      ids.push_back({key.unit, "ControlGroupId"});
    }
  }
  std::ranges::copy(ids, std::inserter(keys, keys.end()));
  return keys;
}

template <class Key>
void follow(Facts& facts, ObserverSlot<Key>& slot) {
  const auto added = facts.added<Key>();
  if (!added.empty() && slot.observer->follow_also(with_implied(added))) {
    facts.clear_added<Key>();
  } else if (const auto keys = facts.wanted<Key>()) {
    slot.observer->follow(with_implied(*keys));
  }
}

// Where systemd puts the credentials of LoadCredential= in our own unit; see systemd.exec(5).
std::string credentials_directory() {
  const char* path = std::getenv("CREDENTIALS_DIRECTORY");
  return path != nullptr ? path : "";
}
}  // namespace

template <class Key>
observe::Put<Key> Observers::put(const char* name) {
  auto& slot = std::get<ObserverSlot<Key>>(slots_);
  slot.name = name;
  return [this, &slot](const Key& key, Observed<typename Key::Fact> fact) {
    if (auto why = own_sandbox.hides(key)) {
      fact = std::move(*why);
    }
    records_->saw(key, fact);
    slot.stats.answered(static_cast<bool>(fact), now());
    facts_.put(key, std::move(fact));
    arrived_();
  };
}

template <class Observer, class... Arguments>
SlotFor<Observer>* Observers::add(Arguments&&... arguments) {
  auto observer = std::make_unique<Observer>(std::forward<Arguments>(arguments)...);
  if constexpr (std::is_same_v<Observer, observe::RecordObserver>) {
    records_ = observer.get();
  }
  auto& slot = std::get<SlotFor<Observer>>(slots_);
  slot.observer = std::move(observer);
  destructors_.emplace_back([&slot] { slot.observer.reset(); });
  return &slot;
}

Observers::Observers(event::Loop& loop, bus::Scope scope, Facts& facts,
                     std::function<void()> arrived, std::function<void()> counted)
    : loop_(loop),
      facts_(facts),
      arrived_(std::move(arrived)),
      systemd(loop, scope),
      freezers(loop, "/sys/fs/cgroup",
               [this](const std::string& unit) {
                 get<observe::PropertyObserver>().look_at({unit, "FreezerState"});
               }),
      usages(loop),
      root_facts(loop, [this] {
        get<observe::FileObserver>().look_again();
        get<observe::GlobObserver>().look_again();
        get<observe::NodeObserver>().look_again();
        get<observe::ProgramObserver>().look_again();
        get<observe::LookSinceObserver>().look_again();
        get<observe::HeldFilesObserver>().look_again();
      }) {
  add_all(scope, std::move(counted));
  if (const auto& why = own_sandbox.hides_users()) {
    get<observe::PublisherObserver>().disable(*why);
  }
  systemd.attach(get<observe::UnitFileObserver>());
  systemd.attach(get<observe::InstallLinkObserver>());
  systemd.attach(get<observe::ExposureObserver>());
  systemd.attach(get<observe::ListenerObserver>());
}

Observers::~Observers() {
  for (; !destructors_.empty(); destructors_.pop_back()) {
    destructors_.back()();
  }
}

// Constructs all observers, in the order of the list. Definitions attach to systemd before units,
// because what a unit was loaded from can be read only until it is loaded again.
void Observers::add_all(bus::Scope scope, std::function<void()> counted) {
  using namespace observe;
  const auto on_unit = [this](const std::string& unit) { unit_turned(unit); };
  const auto on_links = [this] { get<EnablementObserver>().look_again(); };
  const std::tuple added{
      add<RecordObserver>(loop_, put<RecordKey>("records")),
      add<DefinitionObserver>(loop_, systemd, put_definition()),
      add<UnitObserver>(systemd, put<UnitKey>("units"), on_unit),
      add<PropertyObserver>(systemd, put_property()),
      add<EnablementObserver>(systemd, put<EnablementKey>("enablement")),
      add<SystemStateObserver>(loop_, systemd, put<SystemStateKey>("system_state")),
      add<HostObserver>(systemd, put_host()),
      add<HistoryObserver>(loop_, scope, put<HistoryKey>("history")),
      add<JournalMessageObserver>(loop_, scope, put<JournalMessagesKey>("journal_messages"),
                                  std::move(counted)),
      add<UnitFileObserver>(loop_, put<UnitFileKey>("unit_files")),
      add<InstallLinkObserver>(loop_, put<InstallLinksKey>("install_links"), on_links),
      add<FileObserver>(loop_, put<FileKey>("files"), root_facts),
      add<GlobObserver>(loop_, put<GlobKey>("globs"), root_facts),
      add<AccountsObserver>(loop_, put<AccountsKey>("accounts")),
      add<WallClockObserver>(loop_, put<WallClockKey>("wall_clock")),
      add<FailedUnitsObserver>(systemd, put<FailedUnitsKey>("failed_units")),
      add<LingerObserver>(loop_, put<LingerKey>("linger")),
      add<ListenerObserver>(loop_, ListenerObserver::Options{}, put<ListenersKey>("listeners")),
      add<LocalPortsObserver>(put<LocalPortsKey>("local_ports")),
      add<UnixPeerObserver>(loop_, put<UnixPeerKey>("unix_peers")),
      add<NodeObserver>(loop_, put<NodeKey>("nodes"), root_facts),
      add<DeviceClassObserver>(loop_, put<DeviceClassesKey>("device_classes")),
      add<KnownSpecsObserver>(put<KnownSpecsKey>("known_specs")),
      add<PublisherObserver>(loop_, put<PublisherKey>("publishers")),
      add<ProbeObserver>(loop_, put<ProbeKey>("probes"), credentials_directory()),
      add<ProcessObserver>(loop_, read_process, put<ProcessKey>("processes")),
      add<MountsObserver>(loop_, read_mounts, put<MountsKey>("mounts")),
      add<CgroupObserver>(loop_, put<CgroupKey>("cgroups")),
      add<MachineObserver>(put<MachineKey>("machine"), unified_hierarchy()),
      add<ExposureObserver>(loop_, scope, put<ExposureKey>("exposures"),
                            ExposureObserver::Options{}),
      add<SyscallGroupsObserver>(loop_, put<SyscallGroupsKey>("syscall_groups")),
      add<MemberObserver>(loop_, put<MembersKey>("members")),
      add<DescriptorsObserver>(loop_, read_descriptors, put<DescriptorsKey>("descriptors")),
      add<HeldFilesObserver>(loop_, put<HeldFilesKey>("held_files"), root_facts,
                             unified_hierarchy()),
      add<ProgramObserver>(loop_, put<ProgramKey>("programs"), root_facts),
      add<ReleaseFileObserver>(loop_, put<ReleaseFileKey>("releases")),
      add<CertificateObserver>(loop_, put<CertificateKey>("certificates")),
      add<HostAddressObserver>(loop_, put<HostAddressesKey>("host_addresses")),
      add<IgnoredLineObserver>(loop_, systemd, put<IgnoredLinesKey>("ignored_lines")),
      add<GpuErrorObserver>(loop_, put<GpuErrorsKey>("gpu_errors")),
      add<BootCyclesObserver>(systemd, put<BootCyclesKey>("boot_cycles")),
      add<LookSinceObserver>(loop_, put<LookSinceKey>("looks"), root_facts),
      add<ExerciseObserver>(put<ExerciseKey>("exercises")),
      add<ConfigTestObserver>(loop_, put<ConfigTestKey>("config_tests"))};

  struct Added : KeysOf<std::remove_const_t<decltype(added)>> {};  // a short name in errors

  require_observers<Added>(&facts_);
}

void Observers::unit_turned(const std::string& unit) {
  get<observe::PropertyObserver>().unit_turned(unit);
  get<observe::SystemStateObserver>().unit_turned();
  get<observe::ListenerObserver>().look_soon();
  get<observe::CgroupObserver>().unit_turned(unit);
  get<observe::HeldFilesObserver>().unit_turned(unit);
  get<observe::MemberObserver>().unit_turned(unit);
}

// A changed ControlGroup means that the unit's processes moved to another cgroup, or to none.
observe::Put<PropertyKey> Observers::put_property() {
  return [this, into_store = put<PropertyKey>("properties")](const PropertyKey& key,
                                                             Observed<Value> fact) {
    if (key.name == "ControlGroup" && fact) {
      const auto* cgroup = fact->get<std::string>();
      freezers.place(key.unit, cgroup != nullptr ? *cgroup : std::string());
      usages.place(key.unit, cgroup != nullptr ? *cgroup : std::string());
    }
    into_store(key, std::move(fact));
    if (redefined_.erase(key.unit) != 0) {
      get<observe::CgroupObserver>().unit_turned(key.unit);
    }
  };
}

// `systemctl set-property` writes a drop-in and changes properties without a signal. Its cgroup is
// looked at when PID 1 has answered, and so has written to it.
observe::Put<DefinitionKey> Observers::put_definition() {
  return [this, into_store = put<DefinitionKey>("definitions")](const DefinitionKey& key,
                                                                Observed<Definition> fact) {
    const auto known = definitions_.find(key.unit);
    if (fact && known == definitions_.end()) {
      definitions_.emplace(key.unit, fact->on_disk);
    } else if (fact && known->second != fact->on_disk) {
      known->second = fact->on_disk;
      if (redefined_.insert(key.unit).second) {
        get<observe::PropertyObserver>().look_at_unit(key.unit);
      }
    }
    into_store(key, std::move(fact));
  };
}

// The manager's UnitPath is where unit files are searched for.
observe::Put<HostKey> Observers::put_host() {
  return [this, into_store = put<HostKey>("host")](const HostKey& key, Observed<Host> fact) {
    if (fact) {
      get<observe::InstallLinkObserver>().search_path(fact->unit_path);
      get<observe::DefinitionObserver>().search_path(fact->unit_path);
    }
    into_store(key, std::move(fact));
  };
}

void Observers::follow_all() {
  std::apply([this](auto&... slots) { (follow(facts_, slots), ...); }, slots_);
}

void Observers::look_again() {
  const auto start = [now = loop_.now()](auto& slot) { slot.stats.started(now); };
  std::apply([&start](auto&... slots) { (start(slots), ...); }, slots_);
  std::apply([](auto&... slots) { (slots.observer->look_again(), ...); }, slots_);
}

Now Observers::now() const {
  return {.moment = loop_.now(),
          .wall = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now())};
}

std::vector<ObserverFigures> Observers::states() const {
  std::vector<ObserverFigures> out;
  const auto add = [this, &out]<class Key>(const ObserverSlot<Key>& slot) {
    if (const auto sees = facts_.sees<Key>()) {
      out.push_back({.name = slot.name,
                     .up = *sees,
                     .last_success = slot.stats.last_success(),
                     .duration = slot.stats.duration()});
    }
  };
  std::apply([&add](const auto&... slots) { (add(slots), ...); }, slots_);
  return out;
}

void Observers::look_at_sockets_every(Duration interval) {
  get<observe::ListenerObserver>().look_every(interval);
}
}  // namespace checklist::engine
