// SPDX-License-Identifier: MIT
#include "checks/boot/boot_path.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "checks/boot/unit_on_disk.hpp"
#include "semantics/unit/unit_files.hpp"
#include "semantics/unit/unit_name.hpp"
#include "semantics/unit/unit_words.hpp"

namespace checklist::checks {
namespace {
struct Kind {
  std::string_view directive;  // in the file of the unit that starts
  const char* inverse;         // the property of the unit that is started
  std::string_view links;      // the suffix of its install directory, if it has one
};

constexpr std::array<Kind, 4> kinds{{{"Wants", "WantedBy", "wants"},
                                     {"Requires", "RequiredBy", "requires"},
                                     {"Upholds", "UpheldBy", "upholds"},
                                     {"BindsTo", "BoundBy", ""}}};

// How long an edge persists, in ascending order.
enum class Persistence { until_reload, until_reboot, always };

Persistence persistence_of(std::string_view path) {
  return semantics::outlasts_reboot(path) ? Persistence::always : Persistence::until_reboot;
}

std::set<std::string> names_of(FactReader& look, const std::string& unit) {
  const auto names = look.list(unit, "Names");
  std::set<std::string> out(names.begin(), names.end());
  out.insert(unit);
  return out;
}

std::vector<std::string> files_of(FactReader& look, const std::string& unit) {
  auto files = look.list(unit, "DropInPaths");
  files.push_back(look.text(unit, "FragmentPath"));
  std::erase(files, std::string());
  return files;
}

// Subscribes to all facts that the next steps need, so that they arrive together.
void ask_ahead(View& see, const std::string& unit) {
  (void)see[UnitKey{unit}];
  (void)see[InstallLinksKey{unit}];
  for (const char* name : {"Names", "TriggeredBy", "FragmentPath", "DropInPaths"}) {
    (void)see[PropertyKey{unit, name}];
  }
  for (const Kind& kind : kinds) {
    (void)see[PropertyKey{unit, kind.inverse}];
  }
}

// The units that start a unit directly, each with the persistence of the edge.
class Starters {
 public:
  Starters(FactReader& look, const std::string& unit) : look_(look), names_(names_of(look, unit)) {
    for (const std::string& name : names_) {
      if (const auto* links = look_.at(InstallLinksKey{name})) {
        links_.insert(links->begin(), links->end());
      }
    }
    for (const std::string& trigger : look_.list(unit, "TriggeredBy")) {
      add(trigger,
          Persistence::always);  // its own definition is checked when the search reaches it
    }
    for (const Kind& kind : kinds) {
      add_all(kind, look_.list(unit, kind.inverse));
    }
  }

  [[nodiscard]] const std::map<std::string, Persistence>& all() const { return all_; }

 private:
  void add(const std::string& starter, Persistence how) {
    ask_ahead(look_.view(), starter);
    auto& known = all_.try_emplace(starter, how).first->second;
    known = std::max(known, how);
  }

  // Adds the starters that PID 1 has loaded, and those that a link names.
  void add_all(const Kind& kind, const std::vector<std::string>& known) {
    std::set<std::string> starters(known.begin(), known.end());
    for (const InstallLink& link : links_) {
      if (link.kind == kind.links && !semantics::name_error(link.target)) {
        starters.insert(look_.id(link.target));
      }
    }
    for (const std::string& starter : starters) {
      add(starter, by_link(kind, starter));
      if (all_.at(starter) != Persistence::always) {
        add(starter, by_line(kind, starter));
      }
    }
  }

  [[nodiscard]] Persistence by_link(const Kind& kind, const std::string& starter) {
    std::set<std::string> stems;
    for (const std::string& name : names_of(look_, starter)) {
      std::ranges::copy(semantics::directory_stems(name), std::inserter(stems, stems.end()));
    }
    Persistence best = Persistence::until_reload;
    for (const InstallLink& link : links_) {
      if (link.kind == kind.links && stems.contains(link.target)) {
        best = std::max(best, persistence_of(link.path));
      }
    }
    return best;
  }

  [[nodiscard]] Persistence by_line(const Kind& kind, const std::string& starter) {
    if (semantics::unit_type(starter) == "device") {
      return Persistence::always;  // by a udev rule (systemd.device(5), SYSTEMD_WANTS=)
    }
    Persistence best = Persistence::until_reload;
    for (const std::string& path : files_of(look_, starter)) {
      const UnitFile* file = look_.at(UnitFileKey{path});
      const auto is_named = [&](const std::string& name) {
        return semantics::names_unit(*file, kind.directive, starter, name);
      };
      if (file != nullptr && std::ranges::any_of(names_, is_named)) {
        best = std::max(best, persistence_of(path));
      }
    }
    return best;
  }

  FactReader& look_;
  std::set<std::string> names_;
  std::set<InstallLink> links_;
  std::map<std::string, Persistence> all_;
};

class BootSearch {
 public:
  BootSearch(View& see, const IsGoal& is_goal) : look_(see), is_goal_(is_goal) {}

  BootPath from(const std::string& unit) {
    ask_ahead(look_.view(), unit);
    started_by_.emplace(unit, "");
    std::set<std::string> level{unit};
    while (!level.empty() && !path_.reached) {
      level = above(level);
    }
    if (!path_.reached) {
      path_.gap = look_.gap();
    }
    return std::move(path_);
  }

 private:
  // Returns the units that start one of these and have not been visited.
  std::set<std::string> above(const std::set<std::string>& level) {
    std::set<std::string> next;
    for (const std::string& unit : level) {
      const bool is_first = started_by_.at(unit).empty();
      const Starters starters(look_, unit);
      for (const auto& [starter, how] : starters.all()) {
        const Step step = step_to(starter, how);
        if (is_first) {
          sorted(step).insert(starter);
        }
        if (step == Step::taken && started_by_.emplace(starter, unit).second) {
          next.insert(starter);
          note(starter);
        }
      }
    }
    return next;
  }

  enum class Step { taken, dead_end, until_reboot, until_reload };

  Step step_to(const std::string& starter, Persistence how) {
    if (how != Persistence::always) {
      return how == Persistence::until_reboot ? Step::until_reboot : Step::until_reload;
    }
    const Unit* state = look_.at(UnitKey{starter});
    if (is_goal_(starter)) {
      return Step::taken;
    }
    if (state == nullptr || state->load != LoadState::loaded) {
      return Step::dead_end;
    }
    return is_defined_after_reboot(look_, starter) ? Step::taken : Step::until_reboot;
  }

  std::set<std::string>& sorted(Step step) {
    return step == Step::until_reboot   ? path_.until_reboot
           : step == Step::until_reload ? path_.until_reload
                                        : path_.dead_ends;
  }

  void note(const std::string& starter) {
    if (path_.reached || !is_goal_(starter)) {
      return;
    }
    path_.reached = true;
    for (std::string at = starter; !started_by_.at(at).empty(); at = started_by_.at(at)) {
      path_.steps.insert(path_.steps.begin(), at);
    }
  }

  FactReader look_;
  const IsGoal& is_goal_;
  BootPath path_;
  std::map<std::string, std::string>
      started_by_;  // visited unit → the unit below it that it starts
};
}  // namespace

BootPath boot_path(View& see, const std::string& unit, const IsGoal& is_goal) {
  return BootSearch(see, is_goal).from(unit);
}

// systemd.unit= on the kernel command line is for that boot only and does not count.
std::string default_target(FactReader& look) {
  const char* name = "default.target";
  const Host* host = look.at(HostKey{});
  if (host == nullptr) {
    return name;
  }
  for (const std::string& directory : host->unit_path) {
    if (directory.starts_with("/run/")) {
      continue;
    }
    const FileStatus* file = look.at(FileKey{directory + "/default.target"});
    if (file != nullptr && file->type == "symlink" && !file->target.empty()) {
      return look.id(file->target.substr(file->target.rfind('/') + 1));
    }
    if (file != nullptr && file->type != "missing") {
      return name;
    }
  }
  return host->default_target;
}

bool is_defined_after_reboot(FactReader& look, const std::string& unit) {
  const std::string fragment = look.text(unit, "FragmentPath");
  if (fragment.empty()) {
    return true;
  }
  if (semantics::is_generated(fragment)) {  // read after a reload only
    const UnitFile* file = look.at(UnitFileKey{fragment});
    return file != nullptr && file->exists;
  }
  if (!semantics::outlasts_reboot(fragment)) {
    return unit_on_disk(look, unit).is_there;
  }
  const FileStatus* file = look.at(FileKey{fragment});
  return file != nullptr && file->type != "missing" &&
         (file->type != "symlink" || !file->target.empty());
}
}  // namespace checklist::checks
