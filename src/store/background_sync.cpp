// SPDX-License-Identifier: MIT
#include "store/background_sync.hpp"

#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace checklist::store {
namespace {
// Errors are ignored: an unsynced file is still complete, and is lost only if power fails.
void sync(const std::string& path) {
  if (const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC); fd >= 0) {
    (void)::fsync(fd);
    ::close(fd);
  }
}
}  // namespace

bool BackgroundSync::start() {
  if (runs_.exchange(true)) {
    return false;
  }
  try {
    thread_ = std::jthread([this] {
      sync(path_);
      sync(std::filesystem::path(path_).parent_path());  // the new name is in the directory
      runs_ = false;
    });
  } catch (const std::system_error&) {  // TasksMax= or LimitNPROC= is reached
    runs_ = false;
    return false;
  }
  return true;
}
}  // namespace checklist::store
