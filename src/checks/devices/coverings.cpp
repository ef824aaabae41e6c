// SPDX-License-Identifier: MIT
// The mounts that a unit's directives put over the host's files; the order of systemd's
// src/core/namespace.c.
#include <algorithm>

#include "checks/devices/walk.hpp"

namespace checklist::checks {
namespace {
bool flag(FactReader& look, const std::string& unit, const std::string& property) {
  const Value* value = look.at(PropertyKey{unit, property});
  const auto* set = value != nullptr ? value->get<bool>() : nullptr;
  return set != nullptr && *set;
}

// The lists within a list.
std::vector<Values> rows(FactReader& look, const std::string& unit, const std::string& property) {
  const Value* value = look.at(PropertyKey{unit, property});
  const auto* list = value != nullptr ? value->get<Values>() : nullptr;
  std::vector<Values> out;
  for (const Value& each : list != nullptr ? *list : Values{}) {
    if (const auto* row = each.get<Values>()) {
      out.push_back(*row);
    }
  }
  return out;
}

std::string word(const Values& row, std::size_t at) {
  const auto* text = at < row.size() ? row[at].get<std::string>() : nullptr;
  return text != nullptr ? *text : std::string();
}

std::string followed(const std::string& path, FactReader& look) {
  const Arrived arrived = walk_on_host(path, look);
  return arrived.arrival == Arrival::found ? arrived.at : path;
}

// Whether the files say MountAPIVFS=no: as a property it reads "no" also where it was not said.
bool refuses_api_vfs(FactReader& look, const std::string& unit) {
  std::vector<std::string> files{look.text(unit, "FragmentPath")};
  std::ranges::move(look.list(unit, "DropInPaths"), std::back_inserter(files));
  bool refuses = false;
  for (const std::string& file : files) {
    const UnitFile* read = file.empty() ? nullptr : look.at(UnitFileKey{file});
    for (const UnitFileEntry& each :
         read != nullptr ? read->directives : std::vector<UnitFileEntry>()) {
      if (each.key == "MountAPIVFS") {
        refuses =
            each.value == "no" || each.value == "false" || each.value == "0" || each.value == "off";
      }
    }
  }
  return refuses;
}

class Reading {
 public:
  Reading(FactReader& look, const std::string& unit) : look_(look), unit_(unit) {}

  std::vector<Covering> take() {
    read_root();
    read_inaccessible();
    read_bound("BindPaths");
    read_bound("BindReadOnlyPaths");
    const bool has_own_devices = flag(look_, unit_, "PrivateDevices");
    if (has_own_devices) {
      out_.push_back({.path = "/dev", .cover = Cover::empty, .setting = "PrivateDevices=yes"});
    }
    read_images();
    for (const Values& row : rows(look_, unit_, "TemporaryFileSystem")) {
      out_.push_back({.path = word(row, 0),
                      .cover = Cover::empty,
                      .setting = "TemporaryFileSystem=" + word(row, 0)});
    }
    if (has_root_ && !has_own_devices && !refuses_api_vfs(look_, unit_)) {
      out_.push_back(
          {.path = "/dev", .cover = Cover::bound, .source = "/dev", .setting = "MountAPIVFS=yes"});
    }
    follow_targets();
    return std::move(out_);
  }

 private:
  // systemd mounts from the root downwards and follows the links that are there by then: none below
  // what is empty.
  void follow_targets() {
    for (Covering& each : out_) {
      const bool is_in_empty = std::ranges::any_of(out_, [&each](const Covering& other) {
        return other.cover == Cover::empty && each.path.starts_with(other.path + '/');
      });
      if (!has_root_ && !is_in_empty) {
        each.path = followed(each.path, look_);
      }
    }
  }

  void read_root() {
    root_ = look_.text(unit_, "RootDirectory");
    const std::string image = look_.text(unit_, "RootImage");
    has_root_ = !image.empty() || (!root_.empty() && root_ != "/");
    if (!image.empty()) {
      out_.push_back({.path = "/", .cover = Cover::unknown, .setting = "RootImage=" + image});
    } else if (has_root_) {
      out_.push_back({.path = "/",
                      .cover = Cover::bound,
                      .source = followed(root_, look_),
                      .setting = "RootDirectory=" + root_});
    }
  }

  // Without a "+" it is a path of the host, which matters only below the unit's root.
  void read_inaccessible() {
    for (std::string path : look_.list(unit_, "InaccessiblePaths")) {
      const std::string setting = "InaccessiblePaths=" + path;
      path.erase(0, path.starts_with('-') ? 1 : 0);
      const bool in_root = path.starts_with('+');
      path.erase(0, in_root ? 1 : 0);
      if (has_root_ && !in_root) {
        if (!path.starts_with(root_ + '/')) {
          continue;
        }
        path.erase(0, root_.size());
      }
      out_.push_back({.path = path, .cover = Cover::inaccessible, .setting = setting});
    }
  }

  // (source, destination, whether a missing source does not matter, flags)
  void read_bound(const std::string& property) {
    for (const Values& row : rows(look_, unit_, property)) {
      const std::string source = followed(word(row, 0), look_);
      const auto* optional = row.size() > 2 ? row[2].get<bool>() : nullptr;
      const bool may_miss = optional != nullptr && *optional;
      if (may_miss && resolved_on_host(source, look_).type == NodeType::missing) {
        continue;
      }
      out_.push_back({.path = word(row, 1),
                      .cover = Cover::bound,
                      .source = source,
                      .setting = property + "=" + word(row, 0) + ":" + word(row, 1)});
    }
  }

  // (source, destination, …)
  void read_images() {
    for (const Values& row : rows(look_, unit_, "MountImages")) {
      out_.push_back({.path = word(row, 1),
                      .cover = Cover::unknown,
                      .setting = "MountImages=" + word(row, 0)});
    }
  }

  FactReader& look_;
  const std::string& unit_;
  std::vector<Covering> out_;
  std::string root_;
  bool has_root_ = false;
};
}  // namespace

std::vector<Covering> coverings(FactReader& look, const std::string& unit) {
  return Reading(look, unit).take();
}
}  // namespace checklist::checks
