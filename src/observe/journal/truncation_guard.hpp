// SPDX-License-Identifier: MIT
// Survives the truncation of a journal file that sd-journal(3) has mapped. Reading a page beyond
// the file's end, or one for which its file system has no space, sends SIGBUS, which would end the
// process; here the page becomes zeros, which sd-journal refuses.
#pragma once
#include <csignal>

namespace checklist::observe {
// Handles the SIGBUS of reads while it lives, in a process with one thread. A page with code is
// never replaced.
class TruncationGuard {
 public:
  TruncationGuard();
  TruncationGuard(const TruncationGuard&) = delete;
  TruncationGuard& operator=(const TruncationGuard&) = delete;
  TruncationGuard(TruncationGuard&&) = delete;
  TruncationGuard& operator=(TruncationGuard&&) = delete;
  ~TruncationGuard();

  // Returns whether a page was replaced: what was read since is not to be relied on.
  [[nodiscard]] bool was_truncated() const;

 private:
  std::sig_atomic_t replaced_before_;

  struct sigaction before_ {};
};
}  // namespace checklist::observe
