// SPDX-License-Identifier: MIT
#include "ctl/execute.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "semantics/unit/exit_status.hpp"

namespace checklist::ctl {
namespace {
// Ignores them until it is destroyed.
class Ignored {
 public:
  Ignored() {
    struct sigaction ignore {};

    ignore.sa_handler = SIG_IGN;
    for (std::size_t i = 0; i < signals.size(); ++i) {
      ::sigaction(signals.at(i), &ignore, &former_.at(i));
    }
  }

  Ignored(const Ignored&) = delete;
  Ignored& operator=(const Ignored&) = delete;

  ~Ignored() {
    for (std::size_t i = 0; i < signals.size(); ++i) {
      ::sigaction(signals.at(i), &former_.at(i), nullptr);
    }
  }

 private:
  static constexpr std::array signals{SIGINT, SIGQUIT, SIGHUP, SIGTERM};
  std::array<struct sigaction, signals.size()> former_{};
};

// 0, or errno. What a keyboard or a hang-up sends stays ignored; whoever means the command sends
// SIGTERM to it.
int start(std::vector<char*> arguments, pid_t& pid) {
  sigset_t none{};
  sigset_t defaults{};
  sigemptyset(&none);
  sigemptyset(&defaults);
  for (const int signal : {SIGTERM, SIGPIPE, SIGCHLD}) {
    sigaddset(&defaults, signal);
  }
  posix_spawnattr_t how{};
  posix_spawnattr_init(&how);
  posix_spawnattr_setsigmask(&how, &none);
  posix_spawnattr_setsigdefault(&how, &defaults);
  posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  const int error = posix_spawnp(&pid, arguments.front(), nullptr, &how, arguments.data(), environ);
  posix_spawnattr_destroy(&how);
  return error;
}
}  // namespace

std::string execute(std::vector<std::string> command) {
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (std::string& word : command) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  const Ignored ignored;
  pid_t pid = 0;
  if (const int error = start(std::move(arguments), pid); error != 0) {
    return "could not be executed: " + std::generic_category().message(error);
  }
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) {
      return "was executed, but its end is unknown: " + std::generic_category().message(errno);
    }
  }
  return WIFSIGNALED(status) ? "was killed by " + semantics::signal_name(WTERMSIG(status))
                             : "exited with " + std::to_string(WEXITSTATUS(status));
}
}  // namespace checklist::ctl
