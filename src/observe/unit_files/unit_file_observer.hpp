// SPDX-License-Identifier: MIT
// Observes unit files and drop-ins as written on disk. Files in generator directories are reread
// only after a daemon-reload: while generators run, their directories are empty for a moment.
#pragma once
#include <string>

#include "event/loop.hpp"
#include "observe/files/symlink_chain.hpp"
#include "observe/path_observer.hpp"
#include "observe/systemd/systemd.hpp"

namespace checklist::observe {
class UnitFileObserver : public PathObserver<UnitFileKey, SymlinkChainWatch>,
                         public ManagerFollower {
 public:
  // `root` is prepended to every path; empty outside tests.
  UnitFileObserver(event::Loop& loop, Put<UnitFileKey> put, std::string root = "");

  void resync() override { look_again(); }

  void gone(const Unseen& /*why*/) override {}  // files are read without the manager
};

// Reads one unit file. Unseen if it is not a regular file or is larger than 1 MiB.
Observed<UnitFile> unit_file(const std::string& root, const std::string& path);
}  // namespace checklist::observe
