// SPDX-License-Identifier: MIT
#include "checks/definition/sandbox_paths.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "checks/definition/exec_command.hpp"
#include "checks/paths/listed_path.hpp"
#include "checks/start/tree_sources.hpp"
#include "checks/view/rows.hpp"

namespace checklist::checks {
namespace {
// Those of systemd's src/core/namespace.c that concern paths, in its order: of two at one path, the
// first counts.
enum class Mode { inaccessible, bind, empty, readonly, readwrite, noexec, exec, tmpfs, implicit };

struct Entry {
  std::string path;  // where it is mounted, as the unit sees it
  Mode mode = Mode::readonly;
  std::string setting{};  // "ReadOnlyPaths="; empty if it may be missing
  std::string source{};   // of a bind: a path of the host
};

bool is_at_or_below(const std::string& path, const std::string& directory) {
  return path == directory || directory == "/" || path.starts_with(directory + '/');
}

// Returns whether only a sandbox has that entry. Commands with the prefix "+" have no sandbox, but
// systemd gives them ReadWritePaths= all the same.
bool is_of_sandbox(const Entry& entry) {
  return entry.mode != Mode::bind && entry.mode != Mode::tmpfs && entry.mode != Mode::readwrite;
}

class EntryReader {
 public:
  EntryReader(FactReader& look, bool has_sandbox)
      : look_(look), unit_(look.view().unit()), has_sandbox_(has_sandbox) {}

  std::vector<Entry> take() {
    root_ = look_.text(unit_, "RootDirectory");
    root_ = root_ == "/" ? "" : root_;
    read_lists();
    read_binds();
    for (const Values& row : rows(look_, unit_, "TemporaryFileSystem")) {
      out_.push_back({word(row, 0), Mode::tmpfs});
    }
    read_protection();
    if (!has_sandbox_) {
      std::erase_if(out_, is_of_sandbox);
    }
    return normalized(std::move(out_));
  }

 private:
  void read_lists() {
    constexpr std::array<std::pair<const char*, Mode>, 5> lists{
        {{"ReadWritePaths", Mode::readwrite},
         {"ReadOnlyPaths", Mode::readonly},
         {"InaccessiblePaths", Mode::inaccessible},
         {"ExecPaths", Mode::exec},
         {"NoExecPaths", Mode::noexec}}};
    for (const auto& [property, mode] : lists) {
      for (const std::string& each : look_.list(unit_, property)) {
        add(each, mode, property);
      }
    }
  }

  void add(const std::string& given, Mode mode, const char* property) {
    if (auto listed = listed_path(given, root_)) {
      out_.push_back(
          {std::move(listed->path), mode, listed->may_miss ? "" : std::string(property) + '='});
    }
  }

  // (source, destination, whether it may miss, flags)
  void read_binds() {
    for (const char* property : {"BindPaths", "BindReadOnlyPaths"}) {
      for (const Values& row : rows(look_, unit_, property)) {
        const auto* optional = row.size() > 2 ? row[2].get<bool>() : nullptr;
        const bool may_miss = optional != nullptr && *optional;
        out_.push_back(
            {word(row, 1), Mode::bind, may_miss ? "" : std::string(property) + '=', word(row, 0)});
      }
    }
  }

  void read_protection() {
    const std::string system = look_.text(unit_, "ProtectSystem");
    const std::string home = look_.text(unit_, "ProtectHome");
    const Mode of_home = home == "yes"         ? Mode::inaccessible
                         : home == "tmpfs"     ? Mode::tmpfs
                         : home == "read-only" ? Mode::readonly
                                               : Mode::implicit;
    if (system == "strict") {
      out_.push_back({"/", Mode::readonly});
      for (const char* path : {"/proc", "/sys", "/dev"}) {
        out_.push_back({path, Mode::implicit});
      }
    } else if (system == "yes" || system == "full") {
      out_.push_back({"/usr", Mode::readonly});
      out_.push_back({"/boot", Mode::readonly});
      out_.push_back({system == "full" ? "/etc" : "/efi", Mode::readonly});
    }
    if (system == "strict" || of_home != Mode::implicit) {
      for (const char* path : {"/home", "/run/user", "/root"}) {
        out_.push_back({path, of_home});
      }
    }
    read_private();
  }

  void read_private() {
    const auto flag = [this](const char* property) {
      const Value* value = look_.at(PropertyKey{unit_, property});
      const auto* set = value != nullptr ? value->get<bool>() : nullptr;
      return set != nullptr && *set;
    };
    if (flag("PrivateTmp")) {
      out_.push_back({"/tmp", Mode::bind});
      out_.push_back({"/var/tmp", Mode::bind});
    }
    if (flag("PrivateDevices")) {
      out_.push_back({"/dev", Mode::bind});
    }
  }

  // drop_unused_mounts(): duplicates, what is below an inaccessible path, and what its parent
  // makes redundant.
  static std::vector<Entry> normalized(std::vector<Entry> all) {
    std::ranges::stable_sort(all, [](const Entry& a, const Entry& b) {
      return std::pair(a.path.size(), a.mode) < std::pair(b.path.size(), b.mode);
    });
    std::vector<Entry> out;
    for (Entry& each : all) {
      const Entry* parent = nullptr;
      for (const Entry& other : out) {
        parent = is_at_or_below(each.path, other.path) ? &other : parent;  // the deepest is last
      }
      const bool is_masked = std::ranges::any_of(out, [&each](const Entry& other) {
        return other.mode == Mode::inaccessible && is_at_or_below(each.path, other.path);
      });
      const bool is_plain = each.mode == Mode::readonly || each.mode == Mode::readwrite;
      const bool is_duplicate = parent != nullptr && parent->path == each.path;
      const bool is_redundant = is_plain && parent != nullptr && parent->mode == each.mode;
      if (!is_masked && !is_duplicate && !is_redundant) {
        out.push_back(std::move(each));
      }
    }
    return out;
  }

  FactReader& look_;
  const std::string& unit_;
  bool has_sandbox_;
  std::vector<Entry> out_;
  std::string root_;
};

// Returns what is there before the entry itself is mounted.
PathLookup below_mount(const Entry& entry, const StartContext& start, FactReader& look) {
  std::vector<UnitMount> others = start.mounts;
  std::erase_if(others, [&entry](const UnitMount& each) { return each.path == entry.path; });
  return resolve_path(entry.path, others, start.root, look, start.created);
}

std::optional<Obstacle> on_kinds(const Entry& entry, const StartContext& start, FactReader& look) {
  const PathLookup over = below_mount(entry, start, look);
  const Node source = node_on_host(entry.source, look, start.created);
  if (look.gap() || over.status != LookupStatus::found) {
    return std::nullopt;
  }
  const bool is_directory = source.type == NodeType::directory;
  if (is_directory == (over.node.type == NodeType::directory)) {
    return std::nullopt;
  }
  return Obstacle{"in_the_way",
                  entry.path + " is " + (is_directory ? "no directory" : "a directory") + ", and " +
                      entry.source + " cannot be mounted over it",
                  "remove " + entry.path + ", or correct " + entry.setting + " in the unit file"};
}

std::optional<Obstacle> on_entry(const Entry& entry, const StartContext& start, FactReader& look) {
  if (entry.mode == Mode::bind) {
    auto missing = missing_source(entry.source, entry.setting, start, look);
    return missing ? missing : on_kinds(entry, start, look);
  }
  const PathLookup found =
      entry.mode == Mode::inaccessible
          ? below_mount(entry, start, look)
          : resolve_path(entry.path, start.mounts, start.root, look, start.created);
  const bool is_there =
      found.status == LookupStatus::found || found.status == LookupStatus::no_open;
  if (look.gap() || is_there) {
    return std::nullopt;
  }
  if (found.status == LookupStatus::unknown) {
    const std::string image = found.by != nullptr ? found.by->setting : "an image";
    return Obstacle{"image", "the contents of " + image + " are not known", "", true};
  }
  const std::string path = start.has_other_root && !found.host.empty() ? found.host : entry.path;
  return Obstacle{"start_file_missing", path + " is missing: the next start fails",
                  "restore " + path + ", or write " + entry.setting + "-" + entry.path +
                      " in the unit file if it may be missing"};
}

using HostPath = std::pair<std::string, std::string>;  // and the setting

// Such a file stays after a namespace was unmounted from it.
std::optional<Obstacle> on_namespace(const HostPath& given, const StartContext& start,
                                     FactReader& look) {
  const auto& [path, setting] = given;
  if (auto missing = missing_source(path, setting, start, look)) {
    return missing;
  }
  return look.gap() || node_on_host(path, look).is_namespace
             ? std::nullopt
             : std::optional(Obstacle{
                   "in_the_way", path + " is not a namespace: the next start fails",
                   "create the namespace again, or correct " + setting + " in the unit file"});
}
}  // namespace

Findings missing_sandbox_paths(const StartContext& start, const std::vector<MadeDirectory>& made,
                               View& see) {
  Findings out;
  FactReader all(see);
  const auto judge = [&](const std::string& path, const std::string& setting, const auto& judged) {
    FactReader look(see);
    const std::optional<Obstacle> obstacle = judged(look);
    const std::string expected = "exists, for " + setting;
    if (look.gap()) {
      out.push_back(unknown(path, expected, *look.gap()));
    } else if (obstacle) {
      out.push_back(start_finding(path, expected, *obstacle));
    }
  };
  const bool has_sandbox = least_privileges(start_commands(all)) != Privileges::unlimited;
  for (const Entry& each : EntryReader(all, has_sandbox).take()) {
    const std::string& path = each.mode == Mode::bind ? each.source : each.path;
    if (!each.setting.empty() && !is_made(path, made)) {
      judge(path, each.setting, [&](FactReader& look) { return on_entry(each, start, look); });
    }
  }
  for (const TreeSource& each : tree_sources(all)) {
    judge(each.path, each.setting, [&](FactReader& look) { return on_tree(each, start, look); });
  }
  for (const char* name : {"NetworkNamespacePath", "IPCNamespacePath"}) {
    const HostPath given{all.text(see.unit(), name), std::string(name) + '='};
    if (given.first.starts_with('/')) {
      judge(given.first, given.second,
            [&](FactReader& look) { return on_namespace(given, start, look); });
    }
  }
  if (all.gap()) {
    out.push_back(unknown("sandbox", "paths of the next start are known", *all.gap()));
  }
  return out;
}
}  // namespace checklist::checks
