// SPDX-License-Identifier: MIT
#include "config_test/run.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "config_test/descendants.hpp"
#include "event/fd.hpp"
#include "parse/config_test/program_output.hpp"

namespace checklist::config_test {
namespace {
using Clock = std::chrono::steady_clock;
using End = ConfigTest::End;
constexpr rlim_t largest_file = 16U << 20U;
constexpr rlim_t most_processes = 64;             // and threads
constexpr std::size_t most_leftover = 1U << 20U;  // of a pipe's contents

struct Pipe {
  event::Fd reader;
  event::Fd writer;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::system_category(), "pipe2");
  }
  return {event::Fd(ends[0]), event::Fd(ends[1])};
}

void limit(__rlimit_resource resource, rlim_t most) {
  const rlimit both{.rlim_cur = most, .rlim_max = most};
  (void)::setrlimit(resource, &both);  // a lower limit may be in force
}

// In the child: executes the command, or writes errno to `failed`.
[[noreturn]] void execute(const std::vector<std::string>& command, const Identity& identity,
                          int output, int failed) {
  try {
    ::setsid();
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0 ||
        ::dup2(output, STDERR_FILENO) < 0 || ::chdir("/") != 0) {
      throw std::system_error(errno, std::system_category(), "stdio");
    }
    ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    ::umask(022);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, largest_file);
    if (identity.is_alone) {
      limit(RLIMIT_NPROC, most_processes);  // of the user; TasksMax= is for others
    }
    become(identity);
    std::array environment{
        const_cast<char*>("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:"
                          "/sbin:/bin:/run/current-system/sw/bin"),
        const_cast<char*>("LC_ALL=C.UTF-8"), const_cast<char*>("HOME=/tmp"),
        static_cast<char*>(nullptr)};
    std::vector<char*> words;
    for (const std::string& word : command) {
      words.push_back(const_cast<char*>(word.c_str()));
    }
    words.push_back(nullptr);
    ::execve(words.front(), words.data(), environment.data());
    throw std::system_error(errno, std::system_category(), "execve");
  } catch (const std::system_error& error) {
    const int code = error.code().value();
    (void)!::write(failed, &code, sizeof code);
    ::_exit(EXIT_FAILURE);
  }
}

// Keeps the end of what comes through a pipe.
class Tail {
 public:
  Tail(event::Fd pipe, std::size_t most) : pipe_(std::move(pipe)), most_(most) {
    ::fcntl(pipe_.get(), F_SETFL, O_NONBLOCK);
  }

  [[nodiscard]] int fd() const { return pipe_.get(); }

  // Reads one piece. Returns its size; 0 if there is none.
  std::size_t read() {
    std::array<char, 16384> piece{};
    const ssize_t count = ::read(pipe_.get(), piece.data(), piece.size());
    if (count == 0) {
      pipe_ = event::Fd();
    }
    if (count <= 0) {
      return 0;
    }
    text_.append(piece.data(), static_cast<std::size_t>(count));
    text_.erase(0, text_.size() - std::min(text_.size(), most_));
    return static_cast<std::size_t>(count);
  }

  const std::string& read_rest() {
    for (std::size_t all = 0, size = 1; size != 0 && all < most_leftover; all += size) {
      size = read();
    }
    return text_;
  }

 private:
  event::Fd pipe_;
  std::size_t most_;
  std::string text_;
};

// Reads output until the process ends. Returns false if the time is over before.
bool wait_for(pid_t pid, Tail& output, Clock::time_point until) {
  // The declaration of pidfd_open(2) in glibc 2.36 is not for C++.
  const event::Fd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    std::array<pollfd, 2> watched{{{.fd = process.get(), .events = POLLIN, .revents = 0},
                                   {.fd = output.fd(), .events = POLLIN, .revents = 0}}};
    if (left <= 0) {
      return false;
    }
    if (::poll(watched.data(), watched.size(), static_cast<int>(left)) < 0 && errno != EINTR) {
      throw std::system_error(errno, std::system_category(), "poll");
    }
    if (watched[1].revents != 0) {
      output.read();
    }
    if (watched[0].revents != 0) {
      return true;
    }
  }
}

// Returns the errno with which the child could not execute the command.
std::optional<int> failure(const event::Fd& reader) {
  int code = 0;
  const ssize_t size = ::read(reader.get(), &code, sizeof code);
  return size == sizeof code ? std::optional(code) : std::nullopt;
}
}  // namespace

ConfigTest run(const std::vector<std::string>& command, const Identity& identity,
               const Limits& limits) {
  adopt_descendants();
  ConfigTest out{.command = command};
  Pipe output = make_pipe();
  Pipe failed = make_pipe();
  const pid_t pid = ::fork();
  if (pid < 0) {
    throw std::system_error(errno, std::system_category(), "fork");
  }
  if (pid == 0) {
    execute(command, identity, output.writer.get(), failed.writer.get());
  }
  output.writer = event::Fd();
  failed.writer = event::Fd();
  Tail tail(std::move(output.reader), limits.output);
  const bool ended = wait_for(pid, tail, Clock::now() + limits.time);
  if (!ended) {
    ::kill(pid, SIGKILL);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  kill_descendants();
  if (const auto code = failure(failed.reader)) {
    out.end = End::not_run;
    out.problem = "cannot execute it: " + std::system_category().message(*code);
    return out;
  }
  out.end = !ended ? End::timed_out : WIFEXITED(status) ? End::exited : End::killed;
  out.status = WIFEXITED(status) ? WEXITSTATUS(status) : ended ? WTERMSIG(status) : 0;
  if (out.end != End::exited || out.status != 0) {
    out.output = parse::last_lines(tail.read_rest());
  }
  return out;
}
}  // namespace checklist::config_test
