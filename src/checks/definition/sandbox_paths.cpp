// SPDX-License-Identifier: MIT
#include "checks/definition/sandbox_paths.hpp"

#include <utility>

#include "checks/definition/exec_command.hpp"
#include "checks/paths/mount_entries.hpp"
#include "checks/start/tree_sources.hpp"

namespace checklist::checks {
namespace {
// Returns what is there before the entry itself is mounted.
PathLookup below_mount(const MountEntry& entry, const StartContext& start, FactReader& look) {
  std::vector<UnitMount> others = start.mounts;
  std::erase_if(others, [&entry](const UnitMount& each) { return each.path == entry.path; });
  return resolve_path(entry.path, others, start.manager, look, start.created);
}

std::optional<Obstacle> on_kinds(const MountEntry& entry, const StartContext& start,
                                 FactReader& look) {
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

std::optional<Obstacle> on_entry(const MountEntry& entry, const StartContext& start,
                                 FactReader& look) {
  if (entry.mode == EntryMode::bind) {
    auto missing = missing_source(entry.source, entry.setting, start, look);
    return missing ? missing : on_kinds(entry, start, look);
  }
  const PathLookup found =
      entry.mode == EntryMode::inaccessible
          ? below_mount(entry, start, look)
          : resolve_path(entry.path, start.mounts, start.manager, look, start.created);
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
  const auto as_written = [](const std::string& path) { return path; };
  const bool has_sandbox = least_privileges(start_commands(all)) != Privileges::unlimited;
  for (const MountEntry& each : mount_entries(all, has_sandbox, as_written)) {
    const std::string& path = each.mode == EntryMode::bind ? each.source : each.path;
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
