// SPDX-License-Identifier: MIT
// Compares passwords with their bcrypt hashes, one after another, on a thread of its own: one
// comparison takes longer than anything in the loop may.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "event/loop.hpp"

namespace checklist::http {
class PasswordQueue {
 public:
  static constexpr std::size_t most = 16;
  static constexpr std::size_t most_of_one_client = 4;

  explicit PasswordQueue(event::Loop& loop);
  PasswordQueue(const PasswordQueue&) = delete;
  PasswordQueue& operator=(const PasswordQueue&) = delete;
  PasswordQueue(PasswordQueue&&) = delete;
  PasswordQueue& operator=(PasswordQueue&&) = delete;
  // Waits for the comparison that runs.
  ~PasswordQueue() = default;

  using Done = std::function<void(bool is_right)>;

  // Calls `done` from the loop. Returns false and does nothing if too many wait already, or
  // no thread can be started.
  [[nodiscard]] bool check(const std::string& client, std::string hash, std::string password,
                           Done done);

 private:
  struct Job {
    std::uint64_t number = 0;
    std::string hash;
    std::string password;
  };

  struct Result {
    std::uint64_t number = 0;
    bool is_right = false;
  };

  struct Waiting {
    std::string client;
    Done done;
  };

  bool starts_thread();
  void work(const std::stop_token& stop);
  void finish();

  std::map<std::uint64_t, Waiting> waiting_;
  std::uint64_t last_ = 0;
  event::Source finished_;  // owns the eventfd(2)
  std::mutex mutex_;        // of the following
  std::condition_variable_any has_job_;
  std::deque<Job> jobs_;
  std::vector<Result> results_;
  std::jthread thread_;  // since the first comparison
};
}  // namespace checklist::http
