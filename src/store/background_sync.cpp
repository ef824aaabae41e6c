// SPDX-License-Identifier: MIT
#include "store/background_sync.hpp"

#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

namespace checklist::store {
namespace {
// A disk that fails loses no more than the power would: the file as it is stays readable.
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
  thread_ = std::jthread([this] {
    sync(path_);
    sync(std::filesystem::path(path_).parent_path());  // which holds the new name
    runs_ = false;
  });
  return true;
}
}  // namespace checklist::store
