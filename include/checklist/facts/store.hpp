// SPDX-License-Identifier: MIT
// All observed facts, by the keys with which checks read them. Reading subscribes: a key that was
// read is wanted from its observer, and a changed fact marks its readers for evaluation.
#pragma once
#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>
#include <vector>

#include "checklist/facts/accounts.hpp"
#include "checklist/facts/clock.hpp"
#include "checklist/facts/config_tests.hpp"
#include "checklist/facts/devices.hpp"
#include "checklist/facts/exercise.hpp"
#include "checklist/facts/files.hpp"
#include "checklist/facts/history.hpp"
#include "checklist/facts/journal.hpp"
#include "checklist/facts/manager.hpp"
#include "checklist/facts/probes.hpp"
#include "checklist/facts/processes.hpp"
#include "checklist/facts/publishers.hpp"
#include "checklist/facts/sockets.hpp"
#include "checklist/facts/unit.hpp"
#include "checklist/facts/unit_files.hpp"
#include "checklist/observed.hpp"

namespace checklist {
using Reader = std::size_t;  // the index of a service in the list of specs; host checks follow

template <class... Keys>
class FactStore {
 public:
  // Stores an observed fact. Marks its readers if it changed.
  template <class Key>
  void put(const Key& key, Observed<typename Key::Fact> fact) {
    auto& entry = shelf<Key>().entries[key];
    if (entry.fact == fact) {
      return;
    }
    shelf<Key>().seen -= entry.fact ? 1U : 0U;
    shelf<Key>().seen += fact ? 1U : 0U;
    entry.fact = std::move(fact);
    marked_.insert(entry.readers.begin(), entry.readers.end());
  }

  // Returns the fact and subscribes the reader to it. Pending if it was not observed yet.
  template <class Key>
  const Observed<typename Key::Fact>& read(const Key& key, Reader reader) {
    auto& entry = shelf<Key>().entries[key];
    shelf<Key>().wants_changed |= !std::exchange(entry.is_wanted, true);
    if (entry.readers.insert(reader).second) {
      reads_[reader].push_back(&entry.readers);
    }
    pending_ |= entry.fact.pending();
    return entry.fact;
  }

  // Removes a reader's subscriptions. Must be called before the reader is evaluated again.
  void forget(Reader reader) {
    for (auto* readers : reads_[reader]) {
      readers->erase(reader);
    }
    reads_[reader].clear();
  }

  // Drops facts without a reader; one that is read again is observed again. Until then they stay
  // wanted, so that a check that reads a fact only in some states of a unit finds it up to date and
  // observers are not reconfigured each time.
  void drop_unread() { (drop_unread<Keys>(), ...); }

  // As above, for one kind of fact that must not be observed longer than needed.
  template <class Key>
  void drop_unread() {
    auto& shelf = this->shelf<Key>();
    shelf.wants_changed |= std::erase_if(shelf.entries, [&shelf](const auto& each) {
                             const auto& entry = each.second;
                             const bool is_unread = entry.readers.empty();
                             shelf.seen -= is_unread && entry.fact ? 1U : 0U;
                             return is_unread;
                           }) > 0;
  }

  // Returns the keys that an observer of this kind must follow, if they changed since the last
  // call.
  template <class Key>
  std::optional<std::set<Key>> wanted() {
    if (!std::exchange(shelf<Key>().wants_changed, false)) {
      return std::nullopt;
    }
    std::set<Key> keys;
    for (const auto& [key, entry] : shelf<Key>().entries) {
      if (entry.is_wanted) {
        keys.insert(keys.end(), key);
      }
    }
    return keys;
  }

  // Returns whether any fact of that kind has a value; nothing if none is read.
  template <class Key>
  [[nodiscard]] std::optional<bool> sees() const {
    const Shelf<Key>& shelf = shelves_;
    return shelf.entries.empty() ? std::nullopt : std::optional(shelf.seen > 0);
  }

  // Returns the readers to evaluate, and clears the list.
  std::set<Reader> take_marked() { return std::exchange(marked_, {}); }

  [[nodiscard]] bool any_marked() const { return !marked_.empty(); }

  void mark(Reader reader) { marked_.insert(reader); }

  // Returns whether a pending fact was read since the last call.
  bool take_pending() { return std::exchange(pending_, false); }

 private:
  template <class Key>
  struct Shelf {
    struct Entry {
      Observed<typename Key::Fact> fact;
      std::set<Reader> readers;
      bool is_wanted = false;  // was read since it was added
    };

    std::map<Key, Entry> entries;
    std::size_t seen = 0;  // the number of entries with a value
    bool wants_changed = false;
  };

  template <class Key>
  Shelf<Key>& shelf() {
    static_assert((std::is_same_v<Key, Keys> || ...),
                  "this key is not in the list Facts of include/checklist/facts/store.hpp");
    return shelves_;
  }

  struct Shelves : Shelf<Keys>... {};  // as a std::tuple they take longer to compile

  Shelves shelves_;
  std::map<Reader, std::vector<std::set<Reader>*>> reads_;
  std::set<Reader> marked_;
  bool pending_ = false;
};

// The list of all keys. Observers are updated in this order; engine/observers.cpp does not compile
// if a key has no observer.
using Facts =
    FactStore<RecordKey, UnitKey, PropertyKey, EnablementKey, HostKey, HistoryKey,
              JournalMessagesKey, UnitFileKey, DefinitionKey, InstallLinksKey, FileKey, GlobKey,
              AccountsKey, WallClockKey, FailedUnitsKey, LingerKey, ListenersKey, LocalPortsKey,
              UnixPeerKey, NodeKey, DeviceClassesKey, KnownSpecsKey, PublisherKey, ProbeKey,
              ProcessKey, MountsKey, CgroupKey, MachineKey, ExposureKey, SyscallGroupsKey,
              MembersKey, DescriptorsKey, HeldFilesKey, ProgramKey, ReleaseFileKey, CertificateKey,
              HostAddressesKey, IgnoredLinesKey, GpuErrorsKey, BootCyclesKey, LookSinceKey,
              ExerciseKey, ConfigTestKey>;
}  // namespace checklist
