// SPDX-License-Identifier: MIT
#include "checks/devices/walk.hpp"

#include <algorithm>
#include <list>

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

bool is_below(const std::string& path, const std::string& directory) {
  return directory == "/" ? path != "/" : path.starts_with(directory + '/');
}

bool is_at_or_below(const std::string& path, const std::string& directory) {
  return path == directory || is_below(path, directory);
}

std::string child(const std::string& directory, const std::string& name) {
  return directory == "/" ? '/' + name : directory + '/' + name;
}

std::string parent(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

Node directory_of_root() {
  Node out;
  out.type = NodeType::directory;
  out.permissions.mode = 0755;
  return out;
}

// What the mounts make of a path: the deepest that reaches it; an inaccessible one swallows those
// below it.
const Covering* covering_of(const std::string& path, const std::vector<Covering>& all) {
  const Covering* out = nullptr;
  for (const Covering& each : all) {
    if (!is_at_or_below(path, each.path)) {
      continue;
    }
    if (each.cover == Cover::inaccessible) {
      return &each;
    }
    const bool wins = out == nullptr || each.path.size() > out->path.size() ||
                      (each.path.size() == out->path.size() && each.cover < out->cover);
    out = wins ? &each : out;
  }
  return out;
}

class Walk {
 public:
  Walk(const std::vector<Covering>& coverings, const semantics::Credentials& who, FactReader& look)
      : coverings_(coverings), who_(who), look_(look) {}

  Arrived to(const std::string& path) {
    rest_ = parts_of(path);
    Arrived here = at("/");
    while (here.arrival == Arrival::found && !rest_.empty()) {
      here = step(here);
    }
    return here;
  }

 private:
  // From a directory to what the next part of the path names in it.
  Arrived step(Arrived here) {
    if (here.node.type != NodeType::directory) {
      here.arrival = Arrival::missing;  // ENOTDIR
      return here;
    }
    if (!semantics::grant(here.node.permissions, NodeType::directory, semantics::may_search,
                          who_)) {
      here.arrival = Arrival::no_search;
      return here;
    }
    const std::string name = rest_.front();
    rest_.pop_front();
    Arrived next = at(name == ".." ? parent(here.at) : child(here.at, name));
    if (next.arrival != Arrival::found || next.node.type != NodeType::symlink) {
      return next;
    }
    if (++links_ > most_links) {
      next.arrival = Arrival::missing;  // ELOOP
      return next;
    }
    Parts link = parts_of(next.node.link);
    rest_.splice(rest_.begin(), link);
    return next.node.link.starts_with('/') ? at("/") : here;
  }

  // What lies at a path whose directories are no links.
  Arrived at(const std::string& path) {
    const Covering* by = covering_of(path, coverings_);
    if (by == nullptr) {
      return on_host(path, path, by);
    }
    switch (by->cover) {
      case Cover::bound:
        return on_host(path, source_of(*by, path), by);
      case Cover::empty:
        return in_empty(path, by);
      case Cover::inaccessible:
        return under_inaccessible(path, by);
      case Cover::unknown:
        break;
    }
    const Arrival arrival = leads_on(path) ? Arrival::found : Arrival::unclear;
    return {.arrival = arrival, .at = path, .node = directory_of_root(), .by = by};
  }

  static std::string source_of(const Covering& by, const std::string& path) {
    const std::string below = path == by.path  ? ""
                              : by.path == "/" ? path
                                               : path.substr(by.path.size());
    return by.source == "/" ? (below.empty() ? "/" : below) : by.source + below;
  }

  Arrived on_host(const std::string& path, const std::string& host, const Covering* by) {
    const Node* node = look_.at(NodeKey{host});
    if (node == nullptr) {
      return {.arrival = Arrival::unclear, .at = path, .host = host, .by = by};
    }
    return {.arrival = node->type == NodeType::missing ? Arrival::missing : Arrival::found,
            .at = path,
            .host = host,
            .node = *node,
            .by = by};
  }

  // Whether something is mounted below: systemd makes the directories on the way to it.
  [[nodiscard]] bool leads_on(const std::string& path) const {
    return std::ranges::any_of(coverings_,
                               [&path](const Covering& each) { return is_below(each.path, path); });
  }

  [[nodiscard]] Arrived in_empty(const std::string& path, const Covering* by) const {
    if (path == by->path || leads_on(path)) {
      return {.arrival = Arrival::found, .at = path, .node = directory_of_root(), .by = by};
    }
    return {.arrival = Arrival::missing, .at = path, .by = by};
  }

  // A directory that is there, has mode 0 and holds nothing; or a node on a file system without
  // devices.
  Arrived under_inaccessible(const std::string& path, const Covering* by) {
    Arrived out = on_host(path, path, by);
    if (path != by->path || out.arrival != Arrival::found) {
      out.arrival = Arrival::missing;
    } else if (out.node.type == NodeType::directory) {
      out.node = directory_of_root();
      out.node.permissions.mode = 0;
    } else {
      out.arrival = Arrival::no_open;
    }
    return out;
  }

  const std::vector<Covering>& coverings_;
  const semantics::Credentials& who_;
  FactReader& look_;
  Parts rest_;
  int links_ = 0;
};
}  // namespace

Arrived walk(const std::string& path, const std::vector<Covering>& coverings,
             const semantics::Credentials& who, FactReader& look) {
  return Walk(coverings, who, look).to(path);
}

Arrived walk_on_host(const std::string& path, FactReader& look) {
  return walk(path, {}, {.capabilities = ~0ULL}, look);
}

Node resolved_on_host(const std::string& path, FactReader& look) {
  const Arrived arrived = walk_on_host(path, look);
  return arrived.arrival == Arrival::found ? arrived.node : Node{};
}
}  // namespace checklist::checks
