// SPDX-License-Identifier: MIT
// What lies at a path and who may open it, told anew whenever inotify says that something happened
// there: mknod, chmod, chgrp and setfacl all do.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "checklist/facts/devices.hpp"

#include "event/loop.hpp"
#include "event/path_watch.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class NodeObserver : public Observer<NodeKey> {
 public:
  // `root` is put before every path; "/" in earnest.
  NodeObserver(event::Loop& loop, Put<NodeKey> put, std::string root = "/");

  void follow(const std::set<NodeKey>& keys) override;
  void look_again() override;

 private:
  void look(const NodeKey& key);
  [[nodiscard]] std::string full(const std::string& path) const;

  event::Loop& loop_;
  Put<NodeKey> put_;
  std::string root_;
  std::map<NodeKey, std::unique_ptr<PathWatch>> followed_;
};

// One look at a path, as the fact.
Observed<Node> node_at(const std::string& path);
}  // namespace checklist::observe
