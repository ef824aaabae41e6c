// SPDX-License-Identifier: MIT
#include "checks/start/mount_points.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "checks/start/read_only.hpp"
#include "checks/view/rows.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
struct MountPoint {
  std::string path;
  std::string setting;
  std::string options{};    // of a tmpfs
  bool is_skipped = false;  // its source is missing and may be; systemd resolves the path anyway
};

std::vector<MountPoint> mount_points(FactReader& look) {
  const std::string& unit = look.view().unit();
  std::vector<MountPoint> out;
  for (const char* property : {"BindPaths", "BindReadOnlyPaths"}) {
    for (const Values& row : rows(look, unit, property)) {
      const auto* optional = row.size() > 2 ? row[2].get<bool>() : nullptr;
      const bool may_miss = optional != nullptr && *optional;
      const bool is_skipped =
          may_miss && node_on_host(word(row, 0), look).type == NodeType::missing;
      out.push_back({word(row, 1), std::string(property) + '=', {}, is_skipped});
    }
  }
  for (const Values& row : rows(look, unit, "TemporaryFileSystem")) {
    out.push_back({word(row, 0), "TemporaryFileSystem=", word(row, 1)});
  }
  return out;
}

// tmpfs(5), and those of mount(8) that systemd and the kernel know for every file system.
constexpr std::array numeric{"size", "nr_blocks", "nr_inodes", "mode", "uid", "gid"};
constexpr std::array other_options{
    "rw",       "ro",         "suid",        "nosuid",  "dev",      "nodev",      "exec",
    "noexec",   "sync",       "async",       "dirsync", "atime",    "noatime",    "diratime",
    "relatime", "norelatime", "strictatime", "remount", "defaults", "nodiratime", "nostrictatime",
    "huge",     "mpol",       "inode32",     "inode64", "noswap",   "mand",       "nomand",
    "lazytime", "nolazytime", "silent",      "loud",    "iversion", "noiversion", ""};

bool is_amount(const std::string& name, std::string_view value) {
  const std::string_view digits = name == "mode" ? "01234567" : "0123456789";
  const std::string_view units = name == "size" || name.starts_with("nr_") ? "kKmMgGtT%" : "";
  const auto end = std::min(value.find_first_not_of(digits), value.size());
  return end > 0 && (end == value.size() ||
                     (end + 1 == value.size() && units.find(value.back()) != units.npos));
}

std::optional<Obstacle> on_options(const MountPoint& point) {
  for (const auto option : semantics::pieces(point.options, ",")) {
    const auto equals = std::min(option.find('='), option.size());
    const std::string name(option.substr(0, equals));
    const std::string_view value = option.substr(std::min(equals + 1, option.size()));
    const std::string shown(option);
    if (std::ranges::find(numeric, name) != numeric.end()) {
      if (!is_amount(name, value)) {
        return Obstacle{"mount_option", "tmpfs has no option " + shown + ": the next start fails",
                        "correct TemporaryFileSystem= in the unit file"};
      }
    } else if (!name.starts_with("x-") &&
               std::ranges::find(other_options, name) == other_options.end()) {
      return Obstacle{"mount_option", "whether tmpfs has an option " + shown + " is not known",
                      "correct TemporaryFileSystem= in the unit file if it has not", true};
    }
  }
  return std::nullopt;
}

std::optional<Obstacle> on_place(const MountPoint& point, const StartContext& start,
                                 FactReader& look) {
  std::vector<UnitMount> others = start.mounts;
  std::erase_if(others, [&point](const UnitMount& each) { return each.path == point.path; });
  const PathLookup found = resolve_path(point.path, others, start.root, look, start.created);
  const std::string correct = "correct " + point.setting + " in the unit file";
  if (look.gap() || found.status == LookupStatus::unknown) {
    return std::nullopt;
  }
  const NodeType type = found.node.type;
  if (found.status == LookupStatus::found) {
    return point.setting == "TemporaryFileSystem=" && type != NodeType::directory
               ? std::optional(Obstacle{"in_the_way",
                                        point.path + " is not a directory: the next start fails",
                                        "remove " + point.path + ", or " + correct})
               : std::nullopt;
  }
  const bool is_file =
      type != NodeType::missing && type != NodeType::directory && type != NodeType::symlink;
  if (is_file) {
    return Obstacle{"in_the_way",
                    found.at + " is not a directory, and " + point.path +
                        " cannot be made: the next start fails",
                    "remove " + found.at + ", or " + correct};
  }
  if (point.is_skipped) {
    return std::nullopt;
  }
  const bool is_closed = !found.host.empty() && is_on_read_only_mount(found.host, look);
  return is_closed ? std::optional(Obstacle{
                         "read_only",
                         point.path + " cannot be made: its file system is read-only, and the next "
                                      "start fails",
                         "make " + point.path + ", or " + correct})
                   : std::nullopt;
}
}  // namespace

Findings unusable_mount_points(const StartContext& start, View& see) {
  Findings out;
  FactReader all(see);
  for (const MountPoint& each : mount_points(all)) {
    FactReader look(see);
    auto obstacle = on_place(each, start, look);
    obstacle = obstacle ? obstacle : on_options(each);
    const std::string expected = "can be mounted, for " + each.setting;
    if (look.gap()) {
      out.push_back(unknown(each.path, expected, *look.gap()));
    } else if (obstacle) {
      out.push_back(start_finding(each.path, expected, *obstacle));
    }
  }
  if (all.gap()) {
    out.push_back(unknown("mounts", "mounts of the next start are known", *all.gap()));
  }
  return out;
}
}  // namespace checklist::checks
