// SPDX-License-Identifier: MIT
// Keeps a second daemon out of the state directory: each would overwrite what the other wrote.
#pragma once
#include <string>

#include "event/fd.hpp"

namespace checklist::daemon {
// Holds the lock of a directory, an flock(2) of its file "lock", until it is destroyed or the
// process ends. Without write access there is no lock, and no state is written either.
struct DirectoryLock {
  // Creates the directory if there is none.
  explicit DirectoryLock(const std::string& directory);

  event::Fd file;
  bool free = true;  // false: another process holds it
};
}  // namespace checklist::daemon
