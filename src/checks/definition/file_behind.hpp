// SPDX-License-Identifier: MIT
// What a path leads to, its last link followed.
#pragma once
#include <string>

#include "checklist/view.hpp"

namespace checklist::checks {
inline Observed<FileStatus> file_behind(View& see, const std::string& path) {
  const auto& file = see[FileKey{path}];
  const bool is_link = file && file->type == "symlink" && !file->target.empty();
  return is_link ? see[FileKey{file->target}] : file;
}

// Nothing is there, or a link that leads nowhere.
inline bool is_missing(const FileStatus& status) {
  return status.type == "missing" || status.type == "symlink";
}
}  // namespace checklist::checks
