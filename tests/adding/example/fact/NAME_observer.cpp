// SPDX-License-Identifier: MIT
#include "observe/SOURCE/NAME_observer.hpp"

#include <fstream>

namespace checklist::observe {
BacklogLimitObserver::BacklogLimitObserver(Put<BacklogLimitKey> put, std::string root)
    : put_(std::move(put)), root_(std::move(root)) {}

void BacklogLimitObserver::follow(const std::set<BacklogLimitKey>& keys) {
  followed_ = !keys.empty();
  look_again();
}

void BacklogLimitObserver::look_again() {
  const std::string path = "/proc/sys/net/core/somaxconn";
  std::uint64_t limit = 0;
  if (followed_ && std::ifstream(root_ + path) >> limit) {
    put_({}, limit);
  } else if (followed_) {
    put_({}, Unseen{"unsupported", path + " cannot be read", ""});
  }
}
}  // namespace checklist::observe
