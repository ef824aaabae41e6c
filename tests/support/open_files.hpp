// SPDX-License-Identifier: MIT
// The limit of open descriptors of the test's process, for the length of a test.
#pragma once
#include <algorithm>

#include <sys/resource.h>
#include <unistd.h>

#include "event/fd.hpp"

namespace checklist::testing {
class OpenFiles {
 public:
  explicit OpenFiles(rlim_t soft) {
    (void)::getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit wanted{.rlim_cur = std::min(soft, before_.rlim_max), .rlim_max = before_.rlim_max};
    (void)::setrlimit(RLIMIT_NOFILE, &wanted);
  }

  OpenFiles(const OpenFiles&) = delete;
  OpenFiles& operator=(const OpenFiles&) = delete;

  ~OpenFiles() { (void)::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

// Returns the lowest descriptor that is free: as a limit it lets none be opened.
inline rlim_t lowest_free_descriptor() {
  return static_cast<rlim_t>(event::Fd(::dup(0)).get());
}
}  // namespace checklist::testing
