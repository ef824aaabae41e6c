// SPDX-License-Identifier: MIT
#include "event/spawn.hpp"

#include <algorithm>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>

namespace checklist::event {
namespace {
std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  std::ranges::transform(texts, std::back_inserter(out), [](const std::string& text) {
    return const_cast<char*>(text.c_str());  // posix_spawn(3) does not modify them
  });
  out.push_back(nullptr);
  return out;
}
}  // namespace

SpawnAttributes::SpawnAttributes() {
  posix_spawn_file_actions_init(&files_);
  posix_spawnattr_init(&attributes_);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes_, &none);
  posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

SpawnAttributes::~SpawnAttributes() {
  posix_spawn_file_actions_destroy(&files_);
  posix_spawnattr_destroy(&attributes_);
}

void SpawnAttributes::redirect_output(int fd) {
  posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files_, fd, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files_, fd, STDERR_FILENO);
}

void SpawnAttributes::own_process_group() {
  posix_spawnattr_setpgroup(&attributes_, 0);
  posix_spawnattr_setflags(&attributes_,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

void SpawnAttributes::reset_signals(const std::vector<int>& signals) {
  sigset_t set;
  sigemptyset(&set);
  std::ranges::for_each(signals, [&set](int signal) { sigaddset(&set, signal); });
  posix_spawnattr_setsigdefault(&attributes_, &set);
}

void SpawnAttributes::reset_all_signals() {
  sigset_t all;
  sigfillset(&all);
  posix_spawnattr_setsigdefault(&attributes_, &all);
}

int spawn(const std::vector<std::string>& command, const std::vector<std::string>& environment,
          const SpawnAttributes& attributes, pid_t& pid) {
  pid_t started = 0;
  const int error =
      ::posix_spawnp(&started, command.front().c_str(), attributes.files(), attributes.raw(),
                     pointers(command).data(), pointers(environment).data());
  pid = error == 0 ? started : 0;
  return error;
}
}  // namespace checklist::event
