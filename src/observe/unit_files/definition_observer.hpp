// SPDX-License-Identifier: MIT
// The files that units were loaded from, as they were then and as they are now, and since when the
// definition in force is what it is.
//
// A unit is loaded by a reload, which UnitsLoadTimestamp tells, or alone, when PID 1 had dropped it
// and it is needed again (UnitNew). What it was loaded from PID 1 does not keep but for the paths
// and the newest mtime, so it is looked at then, and compared with the files whenever inotify says
// that something happened to one of them.
//
// Whoever edits a file reloads in the next moment: a difference is told when it lasts, but the
// first look of a process is told at once.
//
// Asking about a dropped unit loads it, and so it never differs. That is told by a UnitNew between
// the first question and the last answer; nothing is asked because of a UnitNew alone.
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
  // `root` is put before every path; "" in earnest.
  DefinitionObserver(event::Loop& loop, Systemd& systemd, Put<DefinitionKey> put,
                     std::string root = "");

  // Host.unit_path. Nothing is answered before it is known.
  void search_path(std::vector<std::string> directories);

  // Of a former process, which ran in that boot.
  void restore(const std::string& boot_id, const std::map<std::string, store::KeptRecord>& kept);
  void add_kept(std::map<std::string, store::KeptRecord>& records) const;

  // Grows whenever add_kept() adds something else.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

  void follow(const std::set<DefinitionKey>& keys) override;
  void look_again() override;

  void resync() override;
  void gone(const Unseen& why) override;
  void unit_changed(const std::string& unit, const std::string& interface, const Dict& changed,
                    const Values& invalidated) override;
  void unit_loaded_or_unloaded(const std::string& unit) override;

 private:
  // From what is loaded.
  struct Difference {
    std::vector<DefinitionFile> on_disk{};
    bool reload_needed = false;
    bool operator==(const Difference&) const = default;
  };

  struct Followed {
    UnitPaths paths;
    bool reload_needed = false;
    LoadedDefinition loaded;
    Definition told;
    std::optional<Difference> suspected;  // but maybe about to be loaded
    TimePoint suspected_at{};
    Value invocation;
    std::map<std::string, std::unique_ptr<SymlinkChainWatch>> trails;

    void tell(Difference difference);
    [[nodiscard]] bool is_in_doubt() const;
  };

  void ask(const std::string& unit);
  void ask_manager();
  void take(const std::string& unit, const bus::Reply& last);
  void settle(const std::string& unit, Followed& followed);
  void suspect(Followed& followed, Difference difference);
  void watch(Followed& followed);
  [[nodiscard]] LoadContext context() const;
  void look_at_files();

  event::Loop& loop_;
  Systemd& systemd_;
  Put<DefinitionKey> put_;
  std::string root_;
  semantics::Boot boot_ = this_boot();
  event::Source soon_;
  event::Source later_;
  std::optional<TimePoint> due_;  // when it fires
  UnitSearch search_;
  std::uint64_t loaded_at_ = 0;  // UnitsLoadTimestampMonotonic, or the end of the boot's own load
  bool same_boot_ = false;       // as the former process
  std::map<std::string, store::KeptDefinition> kept_;  // by a former process
  std::uint64_t changes_ = 0;
  std::map<std::string, Followed> followed_;  // by the key's unit
};
}  // namespace checklist::observe
