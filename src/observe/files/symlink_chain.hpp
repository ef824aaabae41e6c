// SPDX-License-Identifier: MIT
// Calls back when what a path leads to may have changed: at the path itself, and at every link on
// the way to it, as NixOS's /etc/systemd/system has some.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "event/loop.hpp"
#include "event/path_watch.hpp"

namespace checklist::observe {
class SymlinkChainWatch {
 public:
  // `changed` is called from the loop and may destroy the trail.
  SymlinkChainWatch(event::Loop& loop, std::string path, std::function<void()> changed);
  SymlinkChainWatch(const SymlinkChainWatch&) = delete;
  SymlinkChainWatch& operator=(const SymlinkChainWatch&) = delete;
  ~SymlinkChainWatch() = default;

 private:
  void settle();

  event::Loop& loop_;
  std::string path_;
  std::function<void()> changed_;
  std::vector<std::unique_ptr<PathWatch>> watches_;
  event::Source soon_;  // the watches are made anew outside of their own callbacks
};

// The path, the links met on the way to it, and where they lead in the end; sorted.
std::vector<std::string> symlink_chain(const std::string& path);
}  // namespace checklist::observe
