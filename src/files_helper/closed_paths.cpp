// SPDX-License-Identifier: MIT
#include "files_helper/closed_paths.hpp"

#include <algorithm>
#include <list>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>

#include "event/fd.hpp"
#include "observe/files/directory.hpp"
#include "observe/files/node_observer.hpp"
#include "observe/files/program_observer.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::files {
namespace {
constexpr int most_links = 40;   // path_resolution(7)
constexpr int most_scripts = 5;  // execve(2)

// Returns whether none but root can have made it, or what is below it.
bool is_roots_alone(const Node& node) {
  const std::uint32_t mode = node.permissions.mode;
  const bool is_open = (mode & (S_IWGRP | S_IWOTH)) != 0 && (mode & S_ISVTX) == 0;
  return node.permissions.uid == 0 && (!is_open || node.type == NodeType::symlink);
}

bool everybody_may(const Node& node, std::uint32_t bits) {
  return (node.permissions.mode & bits) == bits && !node.permissions.acl;
}

// Resolves one path, without the kernel following any link.
class Walk {
 public:
  explicit Walk(const std::string& path) { prepend(path); }

  // Returns the file at the end; nothing if it is missing, or behind a link that is not followed.
  const Node* take() {
    nodes_.emplace_back("/", observe::node_at("/"));
    while (!rest_.empty() && nodes_.back().second && step()) {
    }
    return rest_.empty() && nodes_.back().second ? &*nodes_.back().second : nullptr;
  }

  [[nodiscard]] const std::string& path() const { return nodes_.back().first; }

  // Whether the daemon may not see all of the nodes.
  [[nodiscard]] bool is_closed() const { return is_closed_; }

  // Whether none but root can have led the way.
  [[nodiscard]] bool is_roots() const { return is_roots_; }

  void add_to(std::map<std::string, Observed<Node>>& out) const {
    for (const auto& [path, node] : nodes_) {
      out.insert_or_assign(path, node);
    }
  }

 private:
  void prepend(const std::string& path) {
    auto at = rest_.begin();
    for (const auto part : semantics::pieces(path, "/")) {
      if (part != ".") {
        at = std::next(rest_.insert(at, std::string(part)));
      }
    }
  }

  // Looks up the next component in the directory at_; returns whether there may be more.
  bool step() {
    const std::string name = rest_.front();
    rest_.pop_front();
    if (name == "..") {
      at_ = at_.substr(0, at_.rfind('/'));
      return true;
    }
    const std::string path = at_ + '/' + name;
    const event::Fd directory = observe::open_directory(
        at_.empty() ? "/" : at_, observe::Links::refuse, observe::Listing::not_needed);
    nodes_.emplace_back(path, directory ? observe::node_in(directory.get(), name) : Node{});
    const auto& node = nodes_.back().second;
    if (!node || node->type == NodeType::missing) {
      rest_.push_front(name);
      return false;
    }
    return node->type == NodeType::symlink ? follow(*node, name) : enter(*node, path);
  }

  bool follow(const Node& link, const std::string& name) {
    is_roots_ &= is_roots_alone(link);
    if (!is_roots_ || ++links_ > most_links) {
      rest_.push_front(name);
      return false;
    }
    at_ = link.link.starts_with('/') ? "" : at_;
    prepend(link.link);
    return true;
  }

  bool enter(const Node& node, const std::string& path) {
    is_roots_ &= is_roots_alone(node);
    if (node.type == NodeType::directory) {
      is_closed_ |= !everybody_may(node, S_IXOTH);
      at_ = path;
    }
    return node.type == NodeType::directory;
  }

  std::list<std::string> rest_;
  std::vector<std::pair<std::string, Observed<Node>>> nodes_;
  std::string at_;  // the directory; empty for the root
  int links_ = 0;
  bool is_closed_ = false;
  bool is_roots_ = true;
};

// Adds the nodes on the way of the path if not everybody may search them.
void add_closed(const std::string& path, parse::FileFacts& out) {
  Walk walk(path);
  walk.take();
  if (walk.is_closed()) {
    walk.add_to(out.nodes);
  }
}

class ProgramReader {
 public:
  explicit ProgramReader(parse::FileFacts& out) : out_(out) {}

  void read(const std::string& path, int depth) {
    Walk walk(path);
    const Node* node = walk.take();
    if (walk.is_closed()) {
      walk.add_to(out_.nodes);
    }
    const bool is_hidden = walk.is_closed() || (node != nullptr && !everybody_may(*node, S_IROTH));
    if (node == nullptr || node->type != NodeType::regular || depth > most_scripts) {
      return;
    }
    const auto program = program_at(walk.path(), walk.is_roots());
    if (is_hidden) {
      out_.programs.insert_or_assign(walk.path(), program);
    }
    for (const Library& each : program ? program->libraries : std::vector<Library>()) {
      if (!each.is_public) {
        add_closed(each.path, out_);
      }
    }
    if (program && walk.is_roots() && program->interpreter.starts_with('/')) {
      const auto& interpreter = program->interpreter;
      read(interpreter.substr(0, interpreter.find(' ')), depth + 1);
    }
  }

 private:
  Observed<Program> program_at(const std::string& path, bool is_roots) {
    const auto slash = path.rfind('/');
    const event::Fd directory =
        observe::open_directory(slash == 0 ? "/" : path.substr(0, slash), observe::Links::refuse,
                                observe::Listing::not_needed);
    const event::Fd file(
        ::openat(directory.get(), path.substr(slash + 1).c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    return observe::read_program(observe::ProgramFile(file), "", path,
                                 is_roots ? of_root_ : of_others_);
  }

  // A run path may lead to directories of users, and that of a user's program to any directory.
  static bool is_roots(const std::string& path) {
    Walk walk(path);
    walk.take();
    return walk.is_roots();
  }

  static bool is_roots_and_open(const std::string& path) {
    Walk walk(path);
    walk.take();
    return walk.is_roots() && !walk.is_closed();
  }

  parse::FileFacts& out_;
  observe::LibrarySearch of_root_{"", is_roots};
  observe::LibrarySearch of_others_{"", is_roots_and_open};
};
}  // namespace

void look_at_closed(const NeededPaths& needed, parse::FileFacts& out) {
  for (const std::string& path : needed.paths) {
    add_closed(path, out);
  }
  ProgramReader programs(out);
  for (const std::string& path : needed.programs) {
    programs.read(path, 1);
  }
}
}  // namespace checklist::files
