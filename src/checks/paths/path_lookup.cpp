// SPDX-License-Identifier: MIT
#include "checks/paths/path_lookup.hpp"

#include <algorithm>
#include <list>

#include "semantics/unit/mount_unit.hpp"

namespace checklist::checks {
namespace {
constexpr int most_links = 40;  // path_resolution(7)

using Parts = std::list<std::string>;

Parts parts_of(const std::string& path) {
  Parts out;
  for (std::size_t begin = 0; begin < path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    if (!part.empty() && part != ".") {
      out.push_back(part);
    }
    begin = end + 1;
  }
  return out;
}

bool is_inside(const std::string& path, const std::string& directory) {
  return path != directory && semantics::is_below(path, directory);
}

std::string child(const std::string& directory, const std::string& name) {
  return directory == "/" ? '/' + name : directory + '/' + name;
}

std::string parent(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

Node directory_of_root(std::uint32_t mode = 0755) {
  Node out;
  out.type = NodeType::directory;
  out.permissions.mode = mode;
  return out;
}

Node regular_file_of_root() {
  Node out;
  out.type = NodeType::regular;
  out.permissions.mode = 0644;
  return out;
}

// Returns the mount that decides about a path: the deepest at or above it, unless an inaccessible
// one is above. Null if there is none.
const UnitMount* mount_over(const std::string& path, const std::vector<UnitMount>& all) {
  const UnitMount* out = nullptr;
  for (const UnitMount& each : all) {
    if (!semantics::is_below(path, each.path)) {
      continue;
    }
    if (each.kind == MountKind::inaccessible) {
      return &each;
    }
    const bool wins = out == nullptr || each.path.size() > out->path.size() ||
                      (each.path.size() == out->path.size() && each.kind < out->kind);
    out = wins ? &each : out;
  }
  return out;
}

class Resolver {
 public:
  Resolver(const std::vector<UnitMount>& mounts, const semantics::Credentials& who,
           FactReader& look, const CreatedFiles& created)
      : mounts_(mounts), who_(who), look_(look), created_(created) {}

  PathLookup to(const std::string& path) {
    rest_ = parts_of(path);
    ask_ahead(path);
    PathLookup here = at("/");
    while (here.status == LookupStatus::found && !rest_.empty()) {
      here = step(here);
    }
    return here;
  }

 private:
  // Asks for all components at once, so that they are not observed one after the other.
  void ask_ahead(const std::string& path) {
    if (mount_over(path, mounts_) != nullptr) {
      return;
    }
    std::string at;
    for (const std::string& part : rest_) {
      if (part == "..") {
        return;
      }
      at += '/' + part;
      (void)look_.view()[NodeKey{at}];
    }
  }

  // Looks up the next component of the path in a directory.
  PathLookup step(PathLookup here) {
    if (here.node.type != NodeType::directory) {
      here.status = LookupStatus::missing;  // ENOTDIR
      return here;
    }
    if (!semantics::grant(here.node.permissions, NodeType::directory, semantics::may_search,
                          who_)) {
      here.status = LookupStatus::no_search;
      return here;
    }
    const std::string name = rest_.front();
    rest_.pop_front();
    PathLookup next = at(name == ".." ? parent(here.at) : child(here.at, name));
    next.in_directory = next.status == LookupStatus::missing && rest_.empty();
    if (next.status != LookupStatus::found || next.node.type != NodeType::symlink) {
      return next;
    }
    if (++links_ > most_links) {
      next.status = LookupStatus::missing;  // ELOOP
      return next;
    }
    Parts link = parts_of(next.node.link);
    rest_.splice(rest_.begin(), link);
    return next.node.link.starts_with('/') ? at("/") : here;
  }

  // Returns the file at a path whose directories are not symbolic links.
  PathLookup at(const std::string& path) { return under(path, mount_over(path, mounts_)); }

  PathLookup under(const std::string& path, const UnitMount* by) {
    if (by == nullptr) {
      return with_mount_points(on_host(path, path, by));
    }
    switch (by->kind) {
      case MountKind::bind:
        return with_mount_points(on_host(path, source_of(*by, path), by));
      case MountKind::empty:
        return in_empty(path, by);
      case MountKind::inaccessible:
        return under_inaccessible(path, by);
      case MountKind::unknown:
        break;
    }
    const LookupStatus status = has_mount_below(path) ? LookupStatus::found : LookupStatus::unknown;
    return {.status = status, .at = path, .node = directory_of_root(), .by = by};
  }

  static std::string source_of(const UnitMount& by, const std::string& path) {
    const std::string below = path == by.path  ? ""
                              : by.path == "/" ? path
                                               : path.substr(by.path.size());
    return by.source == "/" ? (below.empty() ? "/" : below) : by.source + below;
  }

  PathLookup on_host(const std::string& path, const std::string& host, const UnitMount* by) {
    const Node* node = look_.at(NodeKey{host});
    if (node == nullptr) {
      return {.status = LookupStatus::unknown, .at = path, .host = host, .by = by};
    }
    PathLookup out{.at = path, .host = host, .node = *node, .by = by};
    if (node->type == NodeType::missing && created_.contains(host)) {
      out.node = regular_file_of_root();
    }
    out.status = out.node.type == NodeType::missing ? LookupStatus::missing : LookupStatus::found;
    return out;
  }

  // Returns whether a mount is below: systemd creates the directories above it.
  [[nodiscard]] bool has_mount_below(const std::string& path) const {
    return std::ranges::any_of(
        mounts_, [&path](const UnitMount& each) { return is_inside(each.path, path); });
  }

  // Adds the directories that systemd creates where something is to be mounted.
  [[nodiscard]] PathLookup with_mount_points(PathLookup found) const {
    const auto is_made_for = [&found](const UnitMount& each) {
      return (each.kind == MountKind::bind || each.kind == MountKind::empty) &&
             is_inside(each.path, found.at);
    };
    if (found.status == LookupStatus::missing && std::ranges::any_of(mounts_, is_made_for)) {
      found.status = LookupStatus::found;
      found.node = directory_of_root();
    }
    return found;
  }

  [[nodiscard]] PathLookup in_empty(const std::string& path, const UnitMount* by) const {
    if (path == by->path || has_mount_below(path)) {
      return {.status = LookupStatus::found,
              .at = path,
              .node = directory_of_root(path == by->path ? by->mode : 0755),
              .by = by};
    }
    return {.status = LookupStatus::missing, .at = path, .by = by};
  }

  // systemd mounts an empty directory of mode 0 over a directory, and over other files a node on a
  // file system with nodev.
  PathLookup under_inaccessible(const std::string& path, const UnitMount* by) {
    if (path != by->path) {
      return {.status = LookupStatus::missing, .at = path, .by = by};
    }
    std::vector<UnitMount> others = mounts_;
    std::erase_if(others, [&path](const UnitMount& each) { return each.path == path; });
    PathLookup out = under(path, mount_over(path, others));
    out.by = by;  // not one of `others`
    if (out.status != LookupStatus::found) {
      return out;
    }
    if (out.node.type == NodeType::directory) {
      out.node = directory_of_root(0);
    } else {
      out.status = LookupStatus::no_open;
    }
    return out;
  }

  const std::vector<UnitMount>& mounts_;
  const semantics::Credentials& who_;
  FactReader& look_;
  const CreatedFiles& created_;
  Parts rest_;
  int links_ = 0;
};
}  // namespace

PathLookup resolve_path(const std::string& path, const std::vector<UnitMount>& mounts,
                        const semantics::Credentials& who, FactReader& look,
                        const CreatedFiles& created) {
  return Resolver(mounts, who, look, created).to(path);
}

PathLookup resolve_on_host(const std::string& path, FactReader& look, const CreatedFiles& created) {
  return resolve_path(path, {}, {.capabilities = ~0ULL}, look, created);
}

Node node_on_host(const std::string& path, FactReader& look, const CreatedFiles& created) {
  const PathLookup found = resolve_on_host(path, look, created);
  return found.status == LookupStatus::found ? found.node : Node{};
}

std::string target_on_host(const std::string& path, FactReader& look) {
  const PathLookup found = resolve_on_host(path, look);
  return found.status == LookupStatus::found ? found.at : path;
}
}  // namespace checklist::checks
