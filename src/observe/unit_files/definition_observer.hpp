// SPDX-License-Identifier: MIT
// Observes the files that units were loaded from, at the time of the load and now, and when the
// definition in force last changed.
//
// A unit is loaded by a daemon-reload (UnitsLoadTimestamp), or alone, if PID 1 had dropped it and
// needs it again (UnitNew). PID 1 keeps only the paths and the newest mtime of the files, so this
// observer looks at them after each load, and compares them with the files after inotify events.
//
// A daemon-reload often follows an edit within a moment: a difference is put only if it lasts. The
// result of the first look is put at once.
//
// Queries about a dropped unit load it, so it never differs. This is detected by a UnitNew between
// the first query and the last reply; a UnitNew alone causes no queries.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "observe/files/symlink_chain.hpp"
#include "observe/journal/this_boot.hpp"
#include "observe/observer.hpp"
#include "observe/systemd/systemd.hpp"
#include "observe/unit_files/loaded_definition.hpp"
#include "observe/unit_files/unit_search.hpp"
#include "store/state_file.hpp"

namespace checklist::observe {
class DefinitionObserver : public Observer<DefinitionKey>, public ManagerFollower {
 public:
  // `root` is prepended to every path; empty outside tests.
  DefinitionObserver(event::Loop& loop, Systemd& systemd, Put<DefinitionKey> put,
                     std::string root = "");

  // Sets Host.unit_path. Nothing is put before it is set.
  void search_path(std::vector<std::string> directories);

  // Restores the records of the previous process, which ran in boot `boot_id`.
  void restore(const std::string& boot_id, const std::map<std::string, store::KeptRecord>& kept);
  void add_kept(std::map<std::string, store::KeptRecord>& records) const;

  // Increases whenever the result of add_kept() changes.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

  void follow(const std::set<DefinitionKey>& keys) override;
  void look_again() override;

  void resync() override;
  void gone(const Unseen& why) override;
  void calls_dropped() override;
  void unit_changed(const std::string& unit, const std::string& interface, const Dict& changed,
                    const Values& invalidated) override;
  void unit_loaded_or_unloaded(const std::string& unit) override;

 private:
  static constexpr Duration time_to_reload = std::chrono::seconds{2};

  // Between the loaded definition and the files.
  struct Difference {
    std::vector<DefinitionFile> on_disk{};
    bool reload_needed = false;
    bool operator==(const Difference&) const = default;
  };

  struct Followed {
    UnitPaths paths;
    bool reload_needed = false;
    LoadedDefinition loaded;
    Definition put;
    std::optional<Difference> suspected;  // not put yet: a daemon-reload may follow
    TimePoint suspected_at{};
    Value invocation;
    bool is_asked = false;   // queries are in flight
    bool ask_again = false;  // something changed meanwhile
    bool is_unread = false;  // its files could not be read
    std::map<std::string, std::unique_ptr<SymlinkChainWatch>> watches;

    void update(Difference difference) {
      put.on_disk = std::move(difference.on_disk);
      put.reload_needed = difference.reload_needed;
    }

    [[nodiscard]] bool is_in_doubt() const {
      return suspected &&
             (suspected->on_disk != put.on_disk || suspected->reload_needed != put.reload_needed);
    }

    [[nodiscard]] TimePoint doubt_ends() const { return suspected_at + time_to_reload; }
  };

  void ask(const std::string& unit);
  void ask_manager();
  void take(const std::string& unit, const bus::Reply& last);
  void settle(const std::string& unit, Followed& followed);
  void suspect(Followed& followed, Difference difference);
  void watch(const std::string& unit, Followed& followed);
  void look_at(TimePoint moment);
  [[nodiscard]] LoadContext context() const;
  void look_at_files();

  event::Loop& loop_;
  Systemd& systemd_;
  Put<DefinitionKey> put_;
  std::string root_;
  semantics::Boot boot_ = this_boot();
  event::Source soon_;
  event::Source later_;
  std::optional<TimePoint> due_;  // when later_ fires
  UnitSearch search_;
  std::uint64_t loaded_at_ = 0;  // UnitsLoadTimestampMonotonic, or the end of the boot's own load
  bool same_boot_ = false;       // as the previous process
  std::map<std::string, store::KeptDefinition> kept_;  // by the previous process
  std::uint64_t changes_ = 0;
  std::map<std::string, Followed> followed_;  // by DefinitionKey::unit
};
}  // namespace checklist::observe
