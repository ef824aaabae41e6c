// SPDX-License-Identifier: MIT
#include "observe/files/linger_observer.hpp"

#include "observe/files/file_status.hpp"

namespace checklist::observe {
namespace {
std::string mark_of(const LingerKey& key) {
  return "/var/lib/systemd/linger/" + key.user;
}
}  // namespace

LingerObserver::LingerObserver(event::Loop& loop, Put<LingerKey> put, std::string root)
    : loop_(loop), put_(std::move(put)), root_(std::move(root)) {}

void LingerObserver::follow(const std::set<LingerKey>& keys) {
  std::erase_if(followed_, [&keys](const auto& entry) { return !keys.contains(entry.first); });
  for (const LingerKey& key : keys) {
    auto& watch = followed_[key];
    if (!watch) {
      watch = std::make_unique<PathWatch>(loop_, (root_ == "/" ? "" : root_) + mark_of(key),
                                          [this, key] { look(key); });
      look(key);
    }
  }
}

void LingerObserver::look_again() {
  for (const auto& [key, watch] : followed_) {
    look(key);
  }
}

void LingerObserver::look(const LingerKey& key) {
  const auto mark = file_status(root_, mark_of(key));
  put_(key, mark ? Observed<bool>(mark->type != "missing") : Observed<bool>(mark.unseen()));
}
}  // namespace checklist::observe
