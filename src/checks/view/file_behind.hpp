// SPDX-License-Identifier: MIT
// The file that a path leads to, by the facts.
#pragma once
#include <string>

#include "checklist/view.hpp"

namespace checklist::checks {
// Returns the file at the path. Follows a symbolic link in the last component.
inline Observed<FileStatus> file_behind(View& see, const std::string& path) {
  const auto& file = see[FileKey{path}];
  const bool is_link = file && file->type == "symlink" && !file->target.empty();
  return is_link ? see[FileKey{file->target}] : file;
}

// Returns whether there is no file, or a dangling symbolic link.
inline bool is_missing(const FileStatus& status) {
  return status.type == "missing" || status.type == "symlink";
}
}  // namespace checklist::checks
