// SPDX-License-Identifier: MIT
#include "daemon/directory_lock.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>

namespace checklist::daemon {
DirectoryLock::DirectoryLock(const std::string& directory) {
  constexpr mode_t mode = 0600;
  std::error_code ignored;
  std::filesystem::create_directories(directory, ignored);
  const std::string path = directory + "/lock";
  file = event::Fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode));
  free = !file || ::flock(file.get(), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}
}  // namespace checklist::daemon
