// SPDX-License-Identifier: MIT
#include "config_test/descendants.hpp"

#include <csignal>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace checklist::config_test {
namespace {
constexpr int most_rounds = 10'000;

// The list of proc(5) may miss some while others end, hence the rounds.
std::vector<pid_t> children() {
  const std::string id = std::to_string(::getpid());
  std::ifstream file("/proc/self/task/" + id + "/children");
  std::vector<pid_t> out;
  for (pid_t pid = 0; file >> pid;) {
    out.push_back(pid);
  }
  return out;
}
}  // namespace

void adopt_descendants() {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

void kill_descendants() {
  for (int round = 0; round < most_rounds; ++round) {
    for (const pid_t pid : children()) {
      ::kill(pid, SIGKILL);
    }
    if (::waitpid(-1, nullptr, 0) < 0) {
      return;  // ECHILD
    }
  }
  throw std::runtime_error("processes of a test start others faster than they are killed");
}
}  // namespace checklist::config_test
