// SPDX-License-Identifier: MIT
// Observes the type and permissions of paths, such as device nodes. mknod(2), chmod(2), chown(2)
// and setfacl(1) all cause an inotify event. If a directory is closed to the daemon, the facts that
// checklistd-files.service wrote are used instead.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "checklist/facts/devices.hpp"

#include "event/loop.hpp"
#include "event/path_watch.hpp"
#include "observe/path_observer.hpp"
#include "observe/root/root_facts.hpp"

namespace checklist::observe {
// What was seen at a path before. A node that is created again at once, as nvidia-modprobe(1) and
// udev do to correct its mode, is the same node for those who look.
class NodeHistory {
 public:
  // Returns the node with what the earlier looks tell of its age.
  Node with_age(Node seen, TimePoint now);

 private:
  void retire_latest(TimePoint gone);

  std::vector<std::pair<Node, FormerNode>> lives_;  // earlier ones, oldest first
  std::optional<Node> latest_;                      // the latest device
  std::optional<TimePoint> seen_;                   // when it was last seen

  struct Absence {
    TimePoint first;  // look at which there was no device
    TimePoint last;
  };

  std::optional<Absence> absence_;  // since then
};

class NodeObserver : public PathObserver<NodeKey, event::PathWatch> {
 public:
  // Borrows `root_facts`. `root` is prepended to every path; empty outside tests.
  NodeObserver(event::Loop& loop, Put<NodeKey> put, RootFacts& root_facts, std::string root = "");

  void follow(const std::set<NodeKey>& keys) override;

 private:
  using Histories = std::map<std::string, NodeHistory>;

  NodeObserver(event::Loop& loop, Put<NodeKey> put, RootFacts& root_facts, std::string root,
               std::shared_ptr<Histories> histories);

  std::shared_ptr<Histories> histories_;
};

// Returns the type and permissions of a path; a symlink at `path` itself is not followed.
Observed<Node> node_at(const std::string& path);

// The same of an entry of an open directory, or of AT_FDCWD.
Observed<Node> node_in(int directory, const std::string& name);
}  // namespace checklist::observe
