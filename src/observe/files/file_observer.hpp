// SPDX-License-Identifier: MIT
// Observes paths with lstat(2). If a path is not accessible, or checklistd's own sandbox hides it,
// the facts that checklistd-files.service wrote are used instead.
#pragma once
#include <string>

#include "event/loop.hpp"
#include "observe/files/symlink_chain.hpp"
#include "observe/path_observer.hpp"
#include "observe/root/root_facts.hpp"

namespace checklist::observe {
class FileObserver : public PathObserver<FileKey, SymlinkChainWatch> {
 public:
  // Borrows `root_facts`. `root` is prepended to every path; empty outside tests.
  FileObserver(event::Loop& loop, Put<FileKey> put, RootFacts& root_facts, std::string root = "");
};
}  // namespace checklist::observe
