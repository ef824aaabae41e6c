// SPDX-License-Identifier: MIT
// The mounts that a unit's directives make over the host's files, in the order of systemd's
// src/core/namespace.c.
#include <algorithm>
#include <charconv>
#include <string_view>

#include "checks/paths/listed_path.hpp"
#include "checks/paths/path_lookup.hpp"
#include "checks/paths/replacing_paths.hpp"
#include "checks/view/rows.hpp"

namespace checklist::checks {
namespace {
bool flag(FactReader& look, const std::string& unit, const std::string& property) {
  const Value* value = look.at(PropertyKey{unit, property});
  const auto* set = value != nullptr ? value->get<bool>() : nullptr;
  return set != nullptr && *set;
}

// Returns whether the unit's files set MountAPIVFS=no: the property is also false if it is not set.
bool disables_api_vfs(FactReader& look, const std::string& unit) {
  std::vector<std::string> files{look.text(unit, "FragmentPath")};
  std::ranges::move(look.list(unit, "DropInPaths"), std::back_inserter(files));
  bool disabled = false;
  for (const std::string& file : files) {
    const UnitFile* read = file.empty() ? nullptr : look.at(UnitFileKey{file});
    for (const UnitFileEntry& each :
         read != nullptr ? read->directives : std::vector<UnitFileEntry>()) {
      if (each.key == "MountAPIVFS") {
        disabled =
            each.value == "no" || each.value == "false" || each.value == "0" || each.value == "off";
      }
    }
  }
  return disabled;
}

// Returns "mode=" of the options of a tmpfs, with systemd's default.
std::uint32_t mode_in(const std::string& options) {
  constexpr std::string_view name = "mode=";
  std::uint32_t out = 0755;
  for (std::size_t at = options.find(name); at != std::string::npos;
       at = options.find(name, at + 1)) {
    const char* begin = options.data() + at + name.size();
    if (at == 0 || options[at - 1] == ',') {
      (void)std::from_chars(begin, options.data() + options.size(), out, 8);
    }
  }
  return out;
}

class MountReader {
 public:
  MountReader(FactReader& look, const std::string& unit, Sandbox sandbox)
      : look_(look), unit_(unit), sandbox_(sandbox) {}

  std::vector<UnitMount> take() {
    read_root();
    read_bound("BindPaths");
    read_bound("BindReadOnlyPaths");
    if (sandbox_ == Sandbox::whole) {
      read_sandbox();
    }
    read_images();
    for (const Values& row : rows(look_, unit_, "TemporaryFileSystem")) {
      const std::string path = word(row, 0);
      if (!is_replaced(path)) {
        out_.push_back({.path = path,
                        .kind = MountKind::empty,
                        .setting = "TemporaryFileSystem=" + path,
                        .mode = mode_in(word(row, 1))});
      }
    }
    const bool has_own_devices = sandbox_ == Sandbox::whole && flag(look_, unit_, "PrivateDevices");
    if (has_root_ && !has_own_devices && !disables_api_vfs(look_, unit_)) {
      out_.push_back({.path = "/dev",
                      .kind = MountKind::bind,
                      .source = "/dev",
                      .setting = "MountAPIVFS=yes"});
    }
    leave_out_unfound();
    follow_targets();
    return std::move(out_);
  }

 private:
  // What InaccessiblePaths=- names below an empty directory is not there, unless it is bound there.
  void leave_out_unfound() {
    const std::vector<UnitMount> all = out_;
    std::erase_if(out_, [&all](const UnitMount& each) {
      const auto is_below = [&each](const UnitMount& other) {
        return each.path.starts_with(other.path + '/');
      };
      const bool in_empty = std::ranges::any_of(all, [&is_below](const UnitMount& other) {
        return other.kind == MountKind::empty && is_below(other);
      });
      const bool is_bound = std::ranges::any_of(all, [&](const UnitMount& other) {
        return other.kind == MountKind::bind && (other.path == each.path || is_below(other));
      });
      return each.setting.starts_with("InaccessiblePaths=-") && in_empty && !is_bound;
    });
  }

  // systemd mounts from the root downwards and follows the links that exist by then: none below an
  // empty directory.
  void follow_targets() {
    for (UnitMount& each : out_) {
      const bool is_in_empty = std::ranges::any_of(out_, [&each](const UnitMount& other) {
        return other.kind == MountKind::empty && each.path.starts_with(other.path + '/');
      });
      if (!has_root_ && !is_in_empty) {
        each.path = target_on_host(each.path, look_);
      }
    }
  }

  // Of a tmpfs.
  [[nodiscard]] bool is_replaced(const std::string& path) {
    if (!replacing_) {
      replacing_.emplace(look_, unit_, sandbox_, root_);
    }
    return replacing_->replace(path, has_root_ ? path : target_on_host(path, look_));
  }

  void read_root() {
    root_ = look_.text(unit_, "RootDirectory");
    root_ = root_ == "/" ? "" : root_;
    const std::string image = look_.text(unit_, "RootImage");
    has_root_ = !image.empty() || !root_.empty();
    if (!image.empty()) {
      out_.push_back({.path = "/", .kind = MountKind::unknown, .setting = "RootImage=" + image});
    } else if (has_root_) {
      out_.push_back({.path = "/",
                      .kind = MountKind::bind,
                      .source = target_on_host(root_, look_),
                      .setting = "RootDirectory=" + root_});
    }
  }

  void read_sandbox() {
    read_inaccessible();
    if (flag(look_, unit_, "PrivateDevices")) {
      out_.push_back({.path = "/dev", .kind = MountKind::empty, .setting = "PrivateDevices=yes"});
    }
    read_private_tmp();
    read_protect_home();
  }

  void read_inaccessible() {
    for (const std::string& given : look_.list(unit_, "InaccessiblePaths")) {
      const auto listed = listed_path(given, root_);
      const bool is_there =
          listed && (!listed->may_miss ||
                     node_on_host(root_ + listed->path, look_).type != NodeType::missing);
      if (is_there) {
        out_.push_back({.path = listed->path,
                        .kind = MountKind::inaccessible,
                        .setting = "InaccessiblePaths=" + given});
      }
    }
  }

  // The directories are new at each start, unless other units share them (JoinsNamespaceOf=).
  void read_private_tmp() {
    if (!flag(look_, unit_, "PrivateTmp")) {
      return;
    }
    const bool is_shared = !look_.list(unit_, "JoinsNamespaceOf").empty();
    for (const char* path : {"/tmp", "/var/tmp"}) {
      out_.push_back({.path = path,
                      .kind = is_shared ? MountKind::unknown : MountKind::empty,
                      .setting = "PrivateTmp=yes",
                      .mode = 01777});
    }
  }

  void read_protect_home() {
    const std::string how = look_.text(unit_, "ProtectHome");
    if (how != "yes" && how != "tmpfs") {
      return;
    }
    const bool is_closed = how == "yes";
    for (const char* path : {"/home", "/root", "/run/user"}) {
      if (is_closed || !is_replaced(path)) {
        out_.push_back({.path = path,
                        .kind = is_closed ? MountKind::inaccessible : MountKind::empty,
                        .setting = "ProtectHome=" + how});
      }
    }
  }

  // A row is (source, destination, whether a missing source is ignored, flags).
  void read_bound(const std::string& property) {
    for (const Values& row : rows(look_, unit_, property)) {
      const std::string source = target_on_host(word(row, 0), look_);
      const auto* optional = row.size() > 2 ? row[2].get<bool>() : nullptr;
      const bool may_miss = optional != nullptr && *optional;
      if (may_miss && node_on_host(source, look_).type == NodeType::missing) {
        continue;
      }
      out_.push_back({.path = word(row, 1),
                      .kind = MountKind::bind,
                      .source = source,
                      .setting = property + "=" + word(row, 0) + ":" + word(row, 1)});
    }
  }

  // A row is (source, destination, …).
  void read_images() {
    for (const Values& row : rows(look_, unit_, "MountImages")) {
      out_.push_back({.path = word(row, 1),
                      .kind = MountKind::unknown,
                      .setting = "MountImages=" + word(row, 0)});
    }
  }

  FactReader& look_;
  const std::string& unit_;
  Sandbox sandbox_;
  std::optional<ReplacingPaths> replacing_;
  std::vector<UnitMount> out_;
  std::string root_;
  bool has_root_ = false;
};
}  // namespace

std::vector<UnitMount> unit_mounts(FactReader& look, const std::string& unit, Sandbox sandbox) {
  return MountReader(look, unit, sandbox).take();
}
}  // namespace checklist::checks
