// SPDX-License-Identifier: MIT
// Everything observed, each fact under the key by which a check asks for it. Asking is subscribing:
// a key that somebody read is wanted from its observer, and a fact that changes marks those who
// read it.
#pragma once
#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "checklist/facts/accounts.hpp"
#include "checklist/facts/clock.hpp"
#include "checklist/facts/devices.hpp"
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
using Reader =
    std::size_t;  // a service's place in the list of specs, and those of the host checks after them

template <class... Keys>
class FactStore {
 public:
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

  // Forgets what a reader asked for; called before it is evaluated again.
  void forget(Reader reader) {
    for (auto* readers : reads_[reader]) {
      readers->erase(reader);
    }
    reads_[reader].clear();
  }

  // Drops the facts nobody asks for any more, so that one asked for again is looked at anew. Until
  // then they stay wanted: whoever asks for them off and on, with every turn of a unit, finds them
  // up to date, and observers need not be told each time.
  void drop_unread() { (drop_unread<Keys>(), ...); }

  // Likewise, of one kind only: of one that must not be followed a moment longer than needed.
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

  // The keys an observer of this kind should follow now, if that changed since the last call.
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

  // Whether anything of that kind can be seen; nothing while nobody asks.
  template <class Key>
  [[nodiscard]] std::optional<bool> sees() const {
    const auto& shelf = std::get<Shelf<Key>>(shelves_);
    return shelf.entries.empty() ? std::nullopt : std::optional(shelf.seen > 0);
  }

  std::set<Reader> take_marked() { return std::exchange(marked_, {}); }

  [[nodiscard]] bool any_marked() const { return !marked_.empty(); }

  void mark(Reader reader) { marked_.insert(reader); }

  // Whether a pending fact was read since the last call.
  bool take_pending() { return std::exchange(pending_, false); }

 private:
  template <class Key>
  struct Shelf {
    struct Entry {
      Observed<typename Key::Fact> fact;
      std::set<Reader> readers;
      bool is_wanted = false;  // somebody asked for it since it is here
    };

    std::map<Key, Entry> entries;
    std::size_t seen = 0;  // how many of them are values
    bool wants_changed = false;
  };

  template <class Key>
  Shelf<Key>& shelf() {
    static_assert((std::is_same_v<Key, Keys> || ...),
                  "this key is not in the list Facts of include/checklist/facts/store.hpp");
    return std::get<Shelf<Key>>(shelves_);
  }

  std::tuple<Shelf<Keys>...> shelves_;
  std::map<Reader, std::vector<std::set<Reader>*>> reads_;
  std::set<Reader> marked_;
  bool pending_ = false;
};

// Everything that can be known: the only list of keys. Observers are asked in this order, and
// engine/observers.cpp does not compile while one of them has no observer.
using Facts =
    FactStore<RecordKey, UnitKey, PropertyKey, EnablementKey, HostKey, HistoryKey,
              JournalMessagesKey, UnitFileKey, DefinitionKey, InstallLinksKey, FileKey, GlobKey,
              AccountsKey, WallClockKey, FailedUnitsKey, LingerKey, ListenersKey, LocalPortsKey,
              UnixPeerKey, NodeKey, DeviceClassesKey, KnownSpecsKey, PublisherKey, ProbeKey,
              ProcessKey, MountsKey, CgroupKey, MachineKey, ExposureKey, SyscallGroupsKey>;
}  // namespace checklist
