// SPDX-License-Identifier: MIT
// Watches a path and every symlink on the way to it (NixOS: /etc/systemd/system), and calls back
// when the file that the path resolves to may have changed.
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
  // `changed` is called from the loop and may destroy this object.
  SymlinkChainWatch(event::Loop& loop, std::string path, std::function<void()> changed);
  SymlinkChainWatch(const SymlinkChainWatch&) = delete;
  SymlinkChainWatch& operator=(const SymlinkChainWatch&) = delete;
  ~SymlinkChainWatch() = default;

 private:
  void settle();

  event::Loop& loop_;
  std::string path_;
  std::function<void()> changed_;
  std::vector<std::unique_ptr<event::PathWatch>> watches_;
  event::Source soon_;  // renews the watches outside of their callbacks
};

// Returns the path, every symlink met while resolving it, and the final path; sorted.
std::vector<std::string> symlink_chain(const std::string& path);
}  // namespace checklist::observe
