// SPDX-License-Identifier: MIT
#include "observe/sockets/listener_observer.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <system_error>

#include <linux/netlink.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "observe/shortage.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr std::array<Duration, 5> moments_after_change{0ms, 20ms, 80ms, 250ms, 1s};
constexpr unsigned most_attempts = 5;
constexpr std::size_t datagram_size = 65536;  // the kernel sends at most 32 KiB

Unseen unanswered(std::string_view about, int error) {
  const std::string why =
      "cannot list " + std::string(about) + ": " + std::system_category().message(error);
  switch (error) {
    case EPERM:
    case EACCES:
      return {"permission", why, "allow netlink sockets in checklistd.service"};
    case EAFNOSUPPORT:
      return {"own_sandbox", why,
              "add AF_NETLINK to RestrictAddressFamilies= in checklistd.service"};
    case ENOENT:
      return {"unsupported", why, "load the kernel modules tcp_diag, udp_diag and unix_diag"};
    default:
      return {"unsupported", why, ""};
  }
}
}  // namespace

ListenerObserver::ListenerObserver(event::Loop& loop, Options options, Put<ListenersKey> put)
    : loop_(loop),
      options_(std::move(options)),
      put_(std::move(put)),
      paths_(options_.cgroup_root),
      next_(loop.timer([this] { look(); })),
      looks_done_(moments_after_change.size()) {}

void ListenerObserver::follow(const std::set<ListenersKey>& keys) {
  const bool was_followed = std::exchange(followed_, !keys.empty());
  if (followed_ && !was_followed) {
    look();
  } else if (!followed_) {
    drop_dump();
    next_.disarm();
  }
}

void ListenerObserver::look_again() {
  if (followed_) {
    look();
  }
}

void ListenerObserver::look_soon() {
  turned_ = loop_.now();
  looks_done_ = 0;
  if (followed_ && readable_.fd() < 0) {
    arm_next();
  }
}

void ListenerObserver::look_every(Duration interval) {
  options_.interval = interval;
  look_again();
}

void ListenerObserver::arm_next() {
  TimePoint moment = next_regular_;
  if (looks_done_ < moments_after_change.size()) {
    moment = std::min(moment, turned_ + moments_after_change.at(looks_done_));
  }
  next_.arm_at(moment);
}

void ListenerObserver::look() {
  const TimePoint now = loop_.now();
  if (now - unanswered_since_.value_or(now) >= 3 * options_.interval) {
    put_({}, Unseen{"stale", "no list of sockets for three intervals", ""});
  }
  unanswered_since_ = unanswered_since_.value_or(now);
  next_regular_ = now + options_.interval;
  while (looks_done_ < moments_after_change.size() &&
         turned_ + moments_after_change.at(looks_done_) <= now) {
    ++looks_done_;  // one look covers all moments that have passed
  }
  drop_dump();
  next_.arm_at(next_regular_);  // also aborts a dump that hangs
  ask();
}

// Every request uses a new socket: one with an unread reply accepts no other request.
void ListenerObserver::ask() {
  const auto& question = parse::socket_questions()[question_];
  const auto request = parse::print_question(question, ++sequence_);
  interrupted_ = false;
  found_.resize(found_before_);
  readable_ = event::Source();
  event::Fd socket(
      ::socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  if (!socket || ::send(socket.get(), request.data(), request.size(), 0) < 0) {
    failed(unanswered(question.about, errno));
    return;
  }
  readable_ = loop_.io(std::move(socket), EPOLLIN, [this](std::uint32_t) { hear(); });
}

// Reads one datagram per loop iteration, at most 32 KiB.
void ListenerObserver::hear() {
  std::vector<std::byte> buffer(datagram_size);
  sockaddr_nl sender{};
  socklen_t sender_size = sizeof(sender);
  const ssize_t size = ::recvfrom(readable_.fd(), buffer.data(), buffer.size(), MSG_TRUNC,
                                  reinterpret_cast<sockaddr*>(&sender), &sender_size);
  const int error = size < 0 ? errno : 0;
  if (error == EAGAIN || error == EINTR || (error == 0 && sender.nl_pid != 0)) {
    return;  // nothing, or not from the kernel
  }
  const auto& question = parse::socket_questions()[question_];
  if (error != 0 && error != ENOBUFS) {
    failed(unanswered(question.about, error));
  } else if (error == ENOBUFS || static_cast<std::size_t>(size) > buffer.size()) {
    take({.listeners = {}, .malformed = true});
  } else {
    buffer.resize(static_cast<std::size_t>(size));
    take(parse::parse_answer(buffer, question, sequence_));
  }
}

void ListenerObserver::take(const parse::SocketAnswer& answer) {
  const bool cut_short = answer.malformed || answer.error == EINTR;
  interrupted_ |= answer.interrupted || cut_short;
  found_.insert(found_.end(), answer.listeners.begin(), answer.listeners.end());
  if (answer.error != 0 && !cut_short) {
    failed(unanswered(parse::socket_questions()[question_].about, answer.error));
  } else if (answer.done || cut_short) {
    answered();
  }
}

void ListenerObserver::answered() {
  if (interrupted_ && ++attempts_ < most_attempts) {
    ask();
  } else if (interrupted_) {
    drop_dump();  // the previous list stays until the next look, or becomes stale
    arm_next();
  } else if (++question_ < parse::socket_questions().size()) {
    attempts_ = 0;
    found_before_ = found_.size();
    ask();
  } else {
    complete();
  }
}

void ListenerObserver::complete() {
  std::set<std::uint64_t> ids;
  for (const Listener& each : found_) {
    if (each.cgroup_id != 0) {
      ids.insert(each.cgroup_id);
    }
  }
  try {
    paths_.look_up(ids);
  } catch (const Shortage& shortage) {
    failed(shortage.unseen());
    return;
  }
  for (Listener& each : found_) {
    each.cgroup = paths_.path(each.cgroup_id);
  }
  std::ranges::sort(found_);
  // SO_REUSEPORT: one address, many workers
  found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  unanswered_since_.reset();
  auto listeners = std::exchange(found_, {});
  drop_dump();
  arm_next();
  put_({}, std::move(listeners));
}

void ListenerObserver::failed(const Unseen& why) {
  drop_dump();
  unanswered_since_.reset();
  arm_next();
  put_({}, why);
}

void ListenerObserver::drop_dump() {
  readable_ = event::Source();
  found_.clear();
  question_ = 0;
  found_before_ = 0;
  attempts_ = 0;
}
}  // namespace checklist::observe
