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
// Who reads facts: a check of a service, or of the host. Readers are small numbers.
using Reader = std::size_t;

template <class... Keys>
class FactStore {
 public:
  FactStore() = default;

  // Copies the facts without their readers.
  FactStore(const FactStore& other) : shelves_(other.shelves_) { (unsubscribe_all<Keys>(), ...); }

  FactStore& operator=(const FactStore&) = delete;
  ~FactStore() = default;

  // Stores an observed fact. Marks its readers if it changed; a reader that awaits more facts is
  // marked when the last of them arrives.
  template <class Key>
  void put(const Key& key, Observed<typename Key::Fact> fact) {
    auto& entry = shelf<Key>().entries[key];
    if (entry.fact == fact) {
      return;
    }
    const bool was_pending = entry.fact.pending();
    const bool is_pending = fact.pending();
    arrivals_ += was_pending && !is_pending ? 1U : 0U;
    shelf<Key>().seen -= entry.fact ? 1U : 0U;
    shelf<Key>().seen += fact ? 1U : 0U;
    entry.fact = std::move(fact);
    for (const Subscriber& each : entry.subscribers) {
      auto& awaited = readings_[each.reader].awaited;
      awaited += is_pending && !was_pending ? 1U : 0U;
      awaited -= was_pending && !is_pending ? 1U : 0U;
      if (!was_pending || awaited == 0) {
        marked_.insert(each.reader);
      }
    }
  }

  // Returns the fact and subscribes the reader to it. Pending if it was not observed yet.
  template <class Key>
  const Observed<typename Key::Fact>& read(const Key& key, Reader reader) {
    auto& entry = wanted_entry(key);
    subscribe(entry.subscribers, entry.fact.pending(), reader);
    return entry.fact;
  }

  // Has the fact observed before a reader asks for it.
  template <class Key>
  void want(const Key& key) {
    wanted_entry(key);
  }

  // Starts an evaluation of the reader: what it reads until end() is what it is subscribed to.
  void begin(Reader reader) {
    Reading& reading = reading_of(reader);
    reading.before.swap(reading.subscriptions);
    reading.awaited = 0;
    ++reading.number;
  }

  // Ends it. Removes the subscriptions to facts that were not read since begin().
  void end(Reader reader) {
    Reading& reading = reading_of(reader);
    for (Subscribers* subscribers : reading.before) {
      const auto at = place(*subscribers, reader);
      if (at->reading != reading.number) {
        subscribers->erase(at);
      }
    }
    reading.before.clear();
  }

  // Removes a reader's subscriptions.
  void forget(Reader reader) {
    begin(reader);
    end(reader);
  }

  // Removes all readers with their subscriptions and marks.
  void forget_readers() {
    (unsubscribe_all<Keys>(), ...);
    readings_.clear();
    marked_.clear();
  }

  // Returns whether a fact that the reader has read is pending.
  [[nodiscard]] bool awaits(Reader reader) const {
    return reader < readings_.size() && readings_[reader].awaited > 0;
  }

  // Increases whenever a pending fact arrives.
  [[nodiscard]] std::size_t arrivals() const { return arrivals_; }

  // Drops facts without a reader; one that is read again is observed again. Until then they stay
  // wanted, so that a check that reads a fact only in some states of a unit finds it up to date and
  // observers are not reconfigured each time.
  void drop_unread() { (drop_unread<Keys>(), ...); }

  // As above, for one kind of fact that must not be observed longer than needed.
  template <class Key>
  void drop_unread() {
    auto& shelf = this->shelf<Key>();
    shelf.has_dropped |= std::erase_if(shelf.entries, [&shelf](const auto& each) {
                           const auto& entry = each.second;
                           const bool is_unread = entry.subscribers.empty();
                           shelf.seen -= is_unread && entry.fact ? 1U : 0U;
                           return is_unread;
                         }) > 0;
  }

  // Returns the keys that an observer of this kind must follow, if they changed since the last
  // call.
  template <class Key>
  std::optional<std::set<Key>> wanted() {
    auto& shelf = this->shelf<Key>();
    const bool has_dropped = std::exchange(shelf.has_dropped, false);
    if (std::exchange(shelf.added, {}).empty() && !has_dropped) {
      return std::nullopt;
    }
    std::set<Key> keys;
    for (const auto& [key, entry] : shelf.entries) {
      if (entry.is_wanted) {
        keys.insert(keys.end(), key);
      }
    }
    return keys;
  }

  // Returns the keys by which wanted() differs from what it last returned, if none was dropped;
  // otherwise nothing.
  template <class Key>
  [[nodiscard]] std::vector<Key> added() const {
    const Shelf<Key>& shelf = shelves_;
    return shelf.has_dropped ? std::vector<Key>{} : shelf.added;
  }

  // Counts the added keys among those that wanted() returned.
  template <class Key>
  void clear_added() {
    shelf<Key>().added.clear();
  }

  // Returns whether the source of that kind of facts is readable: whether one has a value, or all
  // that is known is that the objects do not exist. Nothing if no fact has been observed yet.
  template <class Key>
  [[nodiscard]] std::optional<bool> sees() const {
    const Shelf<Key>& shelf = shelves_;
    if (shelf.seen > 0) {
      return true;
    }
    std::optional<bool> out;
    for (const auto& [key, entry] : shelf.entries) {
      if (!entry.fact.pending()) {
        out = out.value_or(true) && entry.fact.unseen().is_absence();
      }
    }
    return out;
  }

  // Returns the readers to evaluate, and clears the list.
  std::set<Reader> take_marked() { return std::exchange(marked_, {}); }

  [[nodiscard]] bool any_marked() const { return !marked_.empty(); }

  void mark(Reader reader) { marked_.insert(reader); }

 private:
  struct Subscriber {
    Reader reader;
    unsigned reading;  // the last one in which it read the fact
  };

  using Subscribers = std::vector<Subscriber>;  // sorted by reader

  // An evaluation of a reader.
  struct Reading {
    std::vector<Subscribers*> subscriptions;
    std::vector<Subscribers*> before;  // the previous evaluation's, until end()
    std::size_t awaited = 0;           // the number of pending facts that it has read
    unsigned number = 0;
  };

  template <class Key>
  struct Shelf {
    struct Entry {
      Observed<typename Key::Fact> fact;
      Subscribers subscribers;
      bool is_wanted = false;  // otherwise it was only put
    };

    std::map<Key, Entry> entries;
    std::size_t seen = 0;      // the number of entries with a value
    std::vector<Key> added;    // since wanted() or added()
    bool has_dropped = false;  // likewise
  };

  template <class Key>
  Shelf<Key>& shelf() {
    static_assert((std::is_same_v<Key, Keys> || ...),
                  "this key is not in the list Facts of include/checklist/facts/store.hpp");
    return shelves_;
  }

  template <class Key>
  auto& wanted_entry(const Key& key) {
    auto& entry = shelf<Key>().entries[key];
    if (!std::exchange(entry.is_wanted, true)) {
      shelf<Key>().added.push_back(key);
    }
    return entry;
  }

  template <class Key>
  void unsubscribe_all() {
    for (auto& [key, entry] : shelf<Key>().entries) {
      entry.subscribers.clear();
    }
  }

  Reading& reading_of(Reader reader) {
    readings_.resize(std::max(readings_.size(), reader + 1));
    return readings_[reader];
  }

  static typename Subscribers::iterator place(Subscribers& subscribers, Reader reader) {
    return std::ranges::lower_bound(subscribers, reader, {}, &Subscriber::reader);
  }

  void subscribe(Subscribers& subscribers, bool is_pending, Reader reader) {
    Reading& reading = reading_of(reader);
    const auto at = place(subscribers, reader);
    if (at == subscribers.end() || at->reader != reader) {
      subscribers.insert(at, {reader, reading.number});
    } else if (std::exchange(at->reading, reading.number) == reading.number) {
      return;  // read before in this evaluation
    }
    reading.subscriptions.push_back(&subscribers);
    reading.awaited += is_pending ? 1U : 0U;
  }

  struct Shelves : Shelf<Keys>... {};  // as a std::tuple they take longer to compile

  Shelves shelves_;
  std::vector<Reading> readings_;  // by reader
  std::set<Reader> marked_;
  std::size_t arrivals_ = 0;
};

// The list of all keys. Observers are updated in this order; engine/observers.cpp does not compile
// if a key has no observer.
using Facts =
    FactStore<RecordKey, UnitKey, PropertyKey, EnablementKey, SystemStateKey, HostKey, HistoryKey,
              JournalMessagesKey, UnitFileKey, DefinitionKey, InstallLinksKey, FileKey, GlobKey,
              AccountsKey, WallClockKey, FailedUnitsKey, LingerKey, ListenersKey, LocalPortsKey,
              UnixPeerKey, NodeKey, DeviceClassesKey, KnownSpecsKey, PublisherKey, ProbeKey,
              ProcessKey, MountsKey, CgroupKey, MachineKey, ExposureKey, SyscallGroupsKey,
              MembersKey, DescriptorsKey, HeldFilesKey, ProgramKey, ReleaseFileKey, CertificateKey,
              HostAddressesKey, IgnoredLinesKey, GpuErrorsKey, BootCyclesKey, LookSinceKey,
              ExerciseKey, ConfigTestKey>;
}  // namespace checklist
