// SPDX-License-Identifier: MIT
// Starts programs with posix_spawn(3).
#pragma once
#include <string>
#include <vector>

#include <signal.h>
#include <spawn.h>
#include <sys/types.h>

namespace checklist::event {
// RAII over posix_spawnattr_t and posix_spawn_file_actions_t. The child has no signal blocked.
class SpawnAttributes {
 public:
  SpawnAttributes();
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  ~SpawnAttributes();

  // Redirects stdout and stderr to `fd`, which must stay open until spawn(), and stdin to
  // /dev/null.
  void redirect_output(int fd);
  // Signals of the terminal, as SIGINT of Ctrl-C, do not reach the child.
  void own_process_group();
  // Sets the default handler for these signals; other ignored signals stay ignored.
  void reset_signals(const std::vector<int>& signals);
  void reset_all_signals();

  [[nodiscard]] const posix_spawn_file_actions_t* files() const { return &files_; }

  [[nodiscard]] const posix_spawnattr_t* raw() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

// Starts `command`, found in PATH, with exactly this environment ("NAME=value"). Returns 0 and sets
// `pid`, or returns an errno value.
[[nodiscard]] int spawn(const std::vector<std::string>& command,
                        const std::vector<std::string>& environment,
                        const SpawnAttributes& attributes, pid_t& pid);
}  // namespace checklist::event
