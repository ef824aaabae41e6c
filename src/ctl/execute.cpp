// SPDX-License-Identifier: MIT
#include "ctl/execute.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <sys/wait.h>
#include <unistd.h>

#include "event/spawn.hpp"
#include "semantics/unit/exit_status.hpp"

namespace checklist::ctl {
namespace {
// Ignores these signals until destroyed.
class Ignored {
 public:
  Ignored() {
    struct sigaction ignore {};

    ignore.sa_handler = SIG_IGN;
    for (std::size_t i = 0; i < signals.size(); ++i) {
      ::sigaction(signals.at(i), &ignore, &previous_.at(i));
    }
  }

  Ignored(const Ignored&) = delete;
  Ignored& operator=(const Ignored&) = delete;

  ~Ignored() {
    for (std::size_t i = 0; i < signals.size(); ++i) {
      ::sigaction(signals.at(i), &previous_.at(i), nullptr);
    }
  }

 private:
  static constexpr std::array signals{SIGINT, SIGQUIT, SIGHUP, SIGTERM};
  std::array<struct sigaction, signals.size()> previous_{};
};

// Returns 0 or errno.
int start(const std::vector<std::string>& command, Interruption interruption, pid_t& pid) {
  event::SpawnAttributes attributes;
  if (interruption == Interruption::possible) {
    attributes.reset_all_signals();
  } else {
    attributes.reset_signals({SIGTERM, SIGPIPE, SIGCHLD});
  }
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    environment.emplace_back(*entry);
  }
  return event::spawn(command, environment, attributes, pid);
}
}  // namespace

Executed execute(const std::vector<std::string>& command, Interruption interruption) {
  constexpr int not_executed = 127;
  constexpr int killed = 128;
  const Ignored ignored;
  pid_t pid = 0;
  if (const int error = start(command, interruption, pid); error != 0) {
    return {"could not be executed: " + std::generic_category().message(error), not_executed};
  }
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) {
      return {"was executed, but its end is unknown: " + std::generic_category().message(errno),
              not_executed};
    }
  }
  if (WIFSIGNALED(status)) {
    return {"was killed by " + semantics::signal_name(WTERMSIG(status)), killed + WTERMSIG(status)};
  }
  return {"exited with " + std::to_string(WEXITSTATUS(status)), WEXITSTATUS(status)};
}
}  // namespace checklist::ctl
