// SPDX-License-Identifier: MIT
// Observes the type and permissions of paths, such as device nodes. mknod(2), chmod(2), chown(2)
// and setfacl(1) all cause an inotify event.
#pragma once
#include <string>

#include "checklist/facts/devices.hpp"

#include "event/loop.hpp"
#include "event/path_watch.hpp"
#include "observe/path_observer.hpp"

namespace checklist::observe {
class NodeObserver : public PathObserver<NodeKey, event::PathWatch> {
 public:
  // `root` is prepended to every path; empty outside tests.
  NodeObserver(event::Loop& loop, Put<NodeKey> put, std::string root = "");
};

// Returns the type and permissions of a path; a symlink at `path` itself is not followed.
Observed<Node> node_at(const std::string& path);
}  // namespace checklist::observe
