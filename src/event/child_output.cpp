// SPDX-License-Identifier: MIT
#include "event/child_output.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace checklist::event {
namespace {
constexpr std::size_t most_output = 1U << 20U;

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  std::ranges::transform(texts, std::back_inserter(out), [](const std::string& text) {
    return const_cast<char*>(text.c_str());  // posix_spawn(3) changes none of them
  });
  out.push_back(nullptr);
  return out;
}

// Of posix_spawn(3): where output goes, and no signal blocked or ignored.
class Manner {
 public:
  explicit Manner(int output) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files_, output, STDERR_FILENO);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }

  Manner(const Manner&) = delete;
  Manner& operator=(const Manner&) = delete;

  ~Manner() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }

  [[nodiscard]] const posix_spawn_file_actions_t* files() const { return &files_; }

  [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};
}  // namespace

ChildOutput::ChildOutput(Loop& loop, const std::vector<std::string>& command,
                         const std::vector<std::string>& environment, Duration at_most, Done done)
    : loop_(loop), done_(std::move(done)), too_long_(loop.timer([this] {
        if (pid_ == 0) {  // it could not be started
          finish();
        } else {
          result_.end = ChildResult::End::timed_out;
          ::kill(pid_, SIGKILL);
        }
      })) {
  start(command, environment);
  too_long_.arm_at(pid_ == 0 ? loop_.now() : loop_.now() + at_most);
}

ChildOutput::~ChildOutput() {
  ended_ = Source();
  if (pid_ != 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  if (output_ >= 0) {
    ::close(output_);
  }
}

void ChildOutput::start(const std::vector<std::string>& command,
                        const std::vector<std::string>& environment) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) < 0) {
    result_.end = ChildResult::End::not_started;
    result_.status = errno;
    return;
  }
  output_ = ends[0];
  ::fcntl(output_, F_SETFL, O_NONBLOCK);  // its own end alone
  const Manner manner(ends[1]);
  const int error = ::posix_spawnp(&pid_, command[0].c_str(), manner.files(), manner.attributes(),
                                   pointers(command).data(), pointers(environment).data());
  ::close(ends[1]);
  if (error != 0) {
    pid_ = 0;
    result_.end = ChildResult::End::not_started;
    result_.status = error;
    return;
  }
  readable_ = loop_.io(output_, EPOLLIN, [this](std::uint32_t) { read_some(); });
  ended_ = loop_.child(pid_, [this](ChildExit exit) {
    pid_ = 0;
    if (result_.end != ChildResult::End::timed_out) {
      result_.end = exit.by_signal ? ChildResult::End::killed : ChildResult::End::exited;
      result_.status = exit.status;
    }
    finish();
  });
}

// What is beyond the bound is read and forgotten, so that the program does not wait.
void ChildOutput::read_some() {
  std::array<char, 16384> piece{};
  const ssize_t count = ::read(output_, piece.data(), piece.size());
  if (count > 0) {
    const std::size_t room = most_output - result_.output.size();
    result_.output.append(piece.data(), std::min(static_cast<std::size_t>(count), room));
  } else if (count == 0) {
    readable_ = Source();
  }
}

void ChildOutput::finish() {
  too_long_.disarm();
  readable_ = Source();
  std::array<char, 16384> piece{};
  while (output_ >= 0 && result_.output.size() < most_output) {  // what it left in the pipe
    const ssize_t count = ::read(output_, piece.data(), piece.size());
    if (count <= 0) {
      break;
    }
    result_.output.append(piece.data(), static_cast<std::size_t>(count));
  }
  const auto done = std::move(done_);
  done(std::move(result_));
}
}  // namespace checklist::event
