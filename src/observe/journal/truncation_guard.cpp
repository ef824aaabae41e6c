// SPDX-License-Identifier: MIT
#include "observe/journal/truncation_guard.hpp"

#include <cstdint>

#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

namespace checklist::observe {
namespace {
volatile std::sig_atomic_t replaced = 0;  // the number of pages

bool is_code(const siginfo_t* info, const void* context) {
#ifdef __x86_64__
  const auto* state = static_cast<const ucontext_t*>(context);
  return info->si_addr == reinterpret_cast<void*>(state->uc_mcontext.gregs[REG_RIP]);
#else
  (void)info;
  (void)context;
  return false;
#endif
}

// Async-signal-safe: mmap(2) is a system call.
void replace_page(int signal, siginfo_t* info, void* context) {
  const auto size = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto page = reinterpret_cast<std::uintptr_t>(info->si_addr) & ~(size - 1);
  const bool is_of_file = info->si_code == BUS_ADRERR && !is_code(info, context);
  if (!is_of_file || ::mmap(reinterpret_cast<void*>(page), size, PROT_READ,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED) {
    (void)::signal(signal, SIG_DFL);  // the instruction is repeated, and ends the process
    return;
  }
  replaced = replaced + 1;
}
}  // namespace

TruncationGuard::TruncationGuard() : replaced_before_(replaced) {
  struct sigaction action {};

  action.sa_sigaction = replace_page;
  action.sa_flags = SA_SIGINFO;
  (void)::sigaction(SIGBUS, &action, &before_);
}

TruncationGuard::~TruncationGuard() {
  (void)::sigaction(SIGBUS, &before_, nullptr);
}

bool TruncationGuard::was_truncated() const {
  return replaced != replaced_before_;
}
}  // namespace checklist::observe
