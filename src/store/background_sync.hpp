// SPDX-License-Identifier: MIT
// Syncs a renamed file and its directory to disk on a separate thread: fsync(2) may take seconds,
// and must not block the loop. Not thread-safe.
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
  // Waits for a running sync.
  ~BackgroundSync() = default;

  // Starts a sync. Returns false and does nothing if the previous one is still running, or no
  // thread can be started.
  bool start();

 private:
  std::string path_;
  std::atomic<bool> runs_ = false;
  std::jthread thread_;
};
}  // namespace checklist::store
