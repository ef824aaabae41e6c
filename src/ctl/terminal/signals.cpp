// SPDX-License-Identifier: MIT
#include "ctl/terminal/signals.hpp"

#include <cerrno>
#include <csignal>
#include <system_error>

#include <sys/signalfd.h>
#include <unistd.h>

namespace checklist::ctl {
namespace {
sigset_t set_of(std::initializer_list<int> signals) {
  sigset_t out;
  ::sigemptyset(&out);
  for (const int signal : signals) {
    ::sigaddset(&out, signal);
  }
  return out;
}
}  // namespace

Signals::Signals(std::initializer_list<int> signals) {
  const sigset_t set = set_of(signals);
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
  fd_ = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  if (fd_ < 0) {
    throw std::system_error(errno, std::generic_category(), "signalfd");
  }
}

Signals::~Signals() {
  ::close(fd_);
}

int Signals::next() const {
  signalfd_siginfo info{};
  return ::read(fd_, &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
}
}  // namespace checklist::ctl
