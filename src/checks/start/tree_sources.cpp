// SPDX-License-Identifier: MIT
#include "checks/start/tree_sources.hpp"

#include <algorithm>
#include <utility>

#include "checks/start/proven_file.hpp"
#include "checks/view/rows.hpp"

namespace checklist::checks {
std::vector<TreeSource> tree_sources(FactReader& look) {
  const std::string& unit = look.view().unit();
  std::vector<TreeSource> out{{look.text(unit, "RootDirectory"), "RootDirectory="},
                              {look.text(unit, "RootImage"), "RootImage=", true}};
  for (const std::string& each : look.list(unit, "ExtensionDirectories")) {
    out.push_back({each.starts_with('-') ? "" : each, "ExtensionDirectories="});
  }
  for (const auto& [name, ignores] : {std::pair("MountImages", 2U), {"ExtensionImages", 1U}}) {
    for (const Values& row : rows(look, unit, name)) {
      const auto* optional = row.size() > ignores ? row[ignores].get<bool>() : nullptr;
      const bool may_miss = optional != nullptr && *optional;
      out.push_back({may_miss ? "" : word(row, 0), std::string(name) + '=', true});
    }
  }
  std::erase_if(out, [](const TreeSource& each) { return !each.path.starts_with('/'); });
  return out;
}

std::optional<Obstacle> missing_source(const std::string& path, const std::string& setting,
                                       const StartContext& start, FactReader& look) {
  const PathLookup found = resolve_on_host(path, look, start.created);
  if (look.gap() || found.status == LookupStatus::found) {
    return std::nullopt;
  }
  return Obstacle{"start_file_missing", path + " is missing: the next start fails",
                  "restore " + path + ", or correct " + setting + " in the unit file"};
}

std::optional<Obstacle> on_tree(const TreeSource& source, const StartContext& start,
                                FactReader& look) {
  auto missing = missing_source(source.path, source.setting, start, look);
  if (missing || look.gap()) {
    return missing;
  }
  if (source.is_image) {
    return is_proven_by_last_start(source.path, look.view())
               ? std::nullopt
               : std::optional(Obstacle{
                     "image", "whether " + source.path + " can be mounted is not known",
                     "run `systemd-dissect`, or start the unit: a start that succeeds proves it",
                     true});
  }
  return source.setting != "RootDirectory=" ||
                 node_on_host(source.path, look).type == NodeType::directory
             ? std::nullopt
             : std::optional(Obstacle{"in_the_way",
                                      source.path + " is not a directory: the next start fails",
                                      "correct RootDirectory= in the unit file"});
}
}  // namespace checklist::checks
