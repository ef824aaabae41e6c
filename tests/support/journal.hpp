// SPDX-License-Identifier: MIT
// Real journal files in a directory of their own, written by systemd-journal-remote(8), which takes
// entries with any boot, time and sender.
#pragma once
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace checklist::testing {
inline constexpr auto journal_remote = "/usr/lib/systemd/systemd-journal-remote";

// Writes one file for as long as it lives.
class JournalWriter {
 public:
  explicit JournalWriter(const std::string& file) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
      throw std::runtime_error("pipe");
    }
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    std::string output = "--output=" + file;
    std::string program = journal_remote;
    std::string standard_input = "-";
    char* arguments[] = {program.data(), output.data(), standard_input.data(), nullptr};
    const int error = ::posix_spawn(&pid_, journal_remote, &actions, nullptr, arguments, environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[0]);
    pipe_ = ends[1];
    if (error != 0) {
      throw std::runtime_error("systemd-journal-remote");
    }
  }

  JournalWriter(const JournalWriter&) = delete;
  JournalWriter& operator=(const JournalWriter&) = delete;

  // All is written then.
  ~JournalWriter() {
    ::close(pipe_);
    ::waitpid(pid_, nullptr, 0);
  }

  // `fields` is a map or a multimap.
  template <class Fields = std::map<std::string, std::string>>
  void write(const Fields& fields) {
    std::string text;
    for (const auto& [name, value] : fields) {
      text += name + "=" + value + "\n";
    }
    text += "\n";
    if (::write(pipe_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
      throw std::runtime_error("systemd-journal-remote ended");
    }
  }

 private:
  pid_t pid_ = 0;
  int pipe_ = -1;
};
}  // namespace checklist::testing
