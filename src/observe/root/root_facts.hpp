// SPDX-License-Identifier: MIT
// Facts about files that only root can access, and about what processes hold, as written by
// checklistd-files.service. Used only if the file is owned by root and writable by root alone, and
// for three minutes after it was written.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "checklist/facts/devices.hpp"
#include "checklist/facts/files.hpp"
#include "checklist/facts/processes.hpp"
#include "checklist/observed.hpp"

#include "event/loop.hpp"
#include "event/path_watch.hpp"
#include "observe/root/root_look.hpp"
#include "parse/file_facts.hpp"

namespace checklist::observe {
inline constexpr auto root_facts_path = "/run/checklistd-files/facts.json";

// Returns whether root could see what is unseen for this reason.
bool root_could_see(const Unseen& why);

class RootFacts {
 public:
  // `changed` is called when previous results may have changed. The file is read on first use.
  // A new look is asked for with `request` (RootLook).
  RootFacts(event::Loop& loop, std::function<void()> changed, std::string path = root_facts_path,
            std::string request = root_look_request);

  // Return the fact from the file; otherwise Unseen with a remedy. `own` is the reason for which
  // the daemon itself cannot see it. A change counts from a look at least a second after the one
  // that first showed it: a directory may be seen while it is being filled.
  Observed<FileStatus> file(const std::string& path, const Unseen& own);
  Observed<std::vector<std::string>> glob(const std::string& pattern, const Unseen& own);

  // Return what the next start of a unit of a spec needs: a path that its unit file names, or one
  // on the way there. Pending while a look at a new path is awaited, but not for longer than a few
  // seconds; `own` if it is not among them.
  Observed<Node> node(const std::string& path, const Unseen& own);
  Observed<Program> program(const std::string& path, const Unseen& own);

  // Returns what the processes of the cgroup with this id hold. Pending while a look at a new
  // cgroup is awaited, but not for longer than a few seconds.
  Observed<HeldFiles> held(const std::string& cgroup, std::uint64_t id, const Unseen& own);

  // Returns whether the fact about a path or pattern was last taken from the file.
  [[nodiscard]] bool serves(const std::string& name) const { return served_.contains(name); }

  // Returns whether the fact about a path or pattern is of that moment or later, and not a change
  // that may not last. Asks for a new look if it is older.
  bool is_since(const std::string& name, TimePoint moment);

 private:
  void open();
  void read();
  [[nodiscard]] bool stale() const;
  [[nodiscard]] std::optional<Unseen> unusable(const Unseen& own);
  template <class T>
  Observed<T> lookup(std::map<std::string, Observed<T>> parse::FileFacts::*kind,
                     const std::string& name, const Unseen& own);
  template <class T>
  Observed<T> needed(std::map<std::string, Observed<T>> parse::FileFacts::*kind,
                     const std::string& path, const Unseen& own);
  template <class T>
  void settle(std::map<std::string, Observed<T>> parse::FileFacts::*kind, parse::FileFacts& fresh,
              const std::string& prefix = "");
  [[nodiscard]] std::optional<bool> is_awaited(TimePoint since);
  bool is_settled(const std::string& name, TimePoint made);

  event::Loop& loop_;
  std::function<void()> changed_;
  std::string path_;
  std::optional<parse::FileFacts> facts_;
  std::map<std::string, TimePoint> differs_since_;  // by path or pattern, with a prefix for nodes
                                                    // and programs: a change that may not last
  std::set<std::string> served_;
  std::map<std::string, std::pair<std::uint64_t, TimePoint>> awaited_;  // cgroups: id, since when
  std::map<std::string, TimePoint> wanted_since_;  // paths of the next start that are not written
  std::unique_ptr<event::PathWatch> watch_;
  event::Source expiry_;
  event::Source wait_over_;
  RootLook look_;
};
}  // namespace checklist::observe
