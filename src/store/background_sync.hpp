// SPDX-License-Identifier: MIT
// Brings a file that was renamed into place onto the disk, on a thread of its own: that takes as
// long as the disk wants, up to seconds, and nobody waits for it.
#pragma once
#include <atomic>
#include <string>
#include <thread>

namespace checklist::store {
class BackgroundSync {
 public:
  explicit BackgroundSync(std::string path) : path_(std::move(path)) {}

  BackgroundSync(const BackgroundSync&) = delete;
  BackgroundSync& operator=(const BackgroundSync&) = delete;
  BackgroundSync(BackgroundSync&&) = delete;
  BackgroundSync& operator=(BackgroundSync&&) = delete;
  // Waits for the sync that is under way.
  ~BackgroundSync() = default;

  // False, and nothing done, while the former one is under way.
  bool start();

 private:
  std::string path_;
  std::atomic<bool> runs_ = false;
  std::jthread thread_;
};
}  // namespace checklist::store
