// SPDX-License-Identifier: MIT
#include "event/child_output.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "event/spawn.hpp"

namespace checklist::event {
namespace {
constexpr std::size_t most_output = 1U << 20U;
}  // namespace

ChildOutput::ChildOutput(Loop& loop, const std::vector<std::string>& command,
                         const std::vector<std::string>& environment, Duration at_most, Done done)
    : loop_(loop), done_(std::move(done)), timeout_(loop.timer([this] {
        if (pid_ == 0) {  // not started
          finish();
        } else {
          result_.end = ChildResult::End::timed_out;
          ::kill(pid_, SIGKILL);
        }
      })) {
  start(command, environment);
  timeout_.arm_at(pid_ == 0 ? loop_.now() : loop_.now() + at_most);
}

ChildOutput::~ChildOutput() {
  exited_ = Source();
  end_child();
}

void ChildOutput::end_child() {
  if (pid_ != 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
}

void ChildOutput::start(const std::vector<std::string>& command,
                        const std::vector<std::string>& environment) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) < 0) {
    not_started(errno);
    return;
  }
  Fd reader(ends[0]);
  const Fd writer(ends[1]);
  ::fcntl(reader.get(), F_SETFL, O_NONBLOCK);  // the child's end stays blocking
  SpawnAttributes attributes;
  attributes.redirect_output(writer.get());
  attributes.own_process_group();
  attributes.reset_all_signals();
  if (const int error = spawn(command, environment, attributes, pid_); error != 0) {
    not_started(error);
    return;
  }
  readable_ = loop_.io(std::move(reader), EPOLLIN, [this](std::uint32_t) { read_some(); });
  try {
    exited_ = loop_.child(pid_, [this](ChildExit exit) { ended(exit); });
  } catch (const std::system_error& error) {  // no descriptor is left for the child's
    end_child();
    readable_ = Source();
    not_started(error.code().value());
  }
}

void ChildOutput::not_started(int error) {
  result_.end = ChildResult::End::not_started;
  result_.status = error;
}

void ChildOutput::ended(ChildExit exit) {
  pid_ = 0;
  if (result_.end != ChildResult::End::timed_out) {
    result_.end = exit.by_signal ? ChildResult::End::killed : ChildResult::End::exited;
    result_.status = exit.status;
  }
  finish();
}

// Output past the limit is drained so that the child does not block.
void ChildOutput::read_some() {
  std::array<char, 16384> piece{};
  const ssize_t count = ::read(readable_.fd(), piece.data(), piece.size());
  if (count > 0) {
    const std::size_t room = most_output - result_.output.size();
    result_.output.append(piece.data(), std::min(static_cast<std::size_t>(count), room));
  } else if (count == 0) {
    readable_ = Source();
  }
}

void ChildOutput::finish() {
  timeout_.disarm();
  std::array<char, 16384> piece{};
  while (readable_.fd() >= 0 && result_.output.size() < most_output) {  // the rest in the pipe
    const ssize_t count = ::read(readable_.fd(), piece.data(), piece.size());
    if (count <= 0) {
      break;
    }
    result_.output.append(piece.data(), static_cast<std::size_t>(count));
  }
  readable_ = Source();
  const auto done = std::move(done_);
  done(std::move(result_));
}
}  // namespace checklist::event
