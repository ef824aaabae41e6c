// SPDX-License-Identifier: MIT
// Observes files of the format of os-release(5): the host's, and those of extensions.
#pragma once
#include <string>

#include "event/loop.hpp"
#include "observe/files/symlink_chain.hpp"
#include "observe/path_observer.hpp"

namespace checklist::observe {
class ReleaseFileObserver : public PathObserver<ReleaseFileKey, SymlinkChainWatch> {
 public:
  // `root` is prepended to every path; empty outside tests.
  ReleaseFileObserver(event::Loop& loop, Put<ReleaseFileKey> put, std::string root = "");
};
}  // namespace checklist::observe
