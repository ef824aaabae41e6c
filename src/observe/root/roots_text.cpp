// SPDX-License-Identifier: MIT
#include "observe/root/roots_text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "event/fd.hpp"

namespace checklist::observe {
namespace {
constexpr off_t largest = 4 << 20;
}  // namespace

std::optional<std::string> roots_text(const std::string& path) {
  const event::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));

  struct stat status {};

  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
      status.st_uid != 0 || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0 ||
      status.st_size > largest) {
    return std::nullopt;
  }
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  const ssize_t size = ::read(file.get(), text.data(), text.size());
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return text;
}
}  // namespace checklist::observe
