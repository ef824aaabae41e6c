// SPDX-License-Identifier: MIT
#include "http/password_queue.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include "access/bcrypt.hpp"

namespace checklist::http {
namespace {
event::Fd make_eventfd() {
  event::Fd out(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (out.get() < 0) {
    throw std::system_error(errno, std::generic_category(), "eventfd");
  }
  return out;
}
}  // namespace

PasswordQueue::PasswordQueue(event::Loop& loop)
    : finished_(loop.io(make_eventfd(), EPOLLIN, [this](std::uint32_t) { finish(); })) {}

bool PasswordQueue::check(const std::string& client, std::string hash, std::string password,
                          Done done) {
  const auto of_client = std::count_if(waiting_.begin(), waiting_.end(), [&](const auto& each) {
    return each.second.client == client;
  });
  if (waiting_.size() >= most || of_client >= static_cast<std::ptrdiff_t>(most_of_one_client)) {
    return false;
  }
  if (!starts_thread()) {
    return false;
  }
  waiting_.emplace(++last_, Waiting{client, std::move(done)});
  {
    const std::scoped_lock lock(mutex_);
    jobs_.push_back({last_, std::move(hash), std::move(password)});
  }
  has_job_.notify_one();
  return true;
}

// Returns whether the thread runs. It does not if TasksMax= or LimitNPROC= is reached.
bool PasswordQueue::starts_thread() {
  try {
    if (!thread_.joinable()) {
      thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
    }
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

void PasswordQueue::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (has_job_.wait(lock, stop, [this] { return !jobs_.empty(); }) && !stop.stop_requested()) {
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    const auto began = std::chrono::steady_clock::now();
    const bool is_right = access::bcrypt_matches(job.hash, job.password);
    const auto took = std::chrono::steady_clock::now() - began;
    lock.lock();
    results_.push_back({job.number, is_right});
    (void)eventfd_write(finished_.fd(), 1);  // fails only if the loop has not read 2^64 of them
    if (!is_right) {                         // leaves half of the core to the rest of the host
      (void)has_job_.wait_for(lock, stop, took, [] { return false; });
    }
  }
}

void PasswordQueue::finish() {
  eventfd_t count = 0;
  (void)eventfd_read(finished_.fd(), &count);
  std::vector<Result> results;
  {
    const std::scoped_lock lock(mutex_);
    results.swap(results_);
  }
  for (const Result& result : results) {
    if (auto waiting = waiting_.extract(result.number)) {
      waiting.mapped().done(result.is_right);
    }
  }
}
}  // namespace checklist::http
