// SPDX-License-Identifier: MIT
#include "files_helper/trust.hpp"

#include <algorithm>

#include <sys/stat.h>

#include "observe/files/symlink_chain.hpp"

namespace checklist::files {
namespace {
bool is_roots_alone(const std::string& path) {
  struct stat status {};

  if (::lstat(path.c_str(), &status) != 0 || status.st_uid != 0) {
    return false;
  }
  const bool is_open = (status.st_mode & (S_IWGRP | S_IWOTH)) != 0;
  const bool is_sticky = S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0;
  return !is_open || is_sticky || S_ISLNK(status.st_mode);
}
}  // namespace

bool is_roots(const std::string& path) {
  return std::ranges::all_of(observe::symlink_chain(path), [](const std::string& each) {
    for (auto end = each.find('/', 1);; end = each.find('/', end + 1)) {
      if (!is_roots_alone(each.substr(0, end))) {
        return false;
      }
      if (end == std::string::npos) {
        return is_roots_alone("/");
      }
    }
  });
}
}  // namespace checklist::files
