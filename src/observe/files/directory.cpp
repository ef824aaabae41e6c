// SPDX-License-Identifier: MIT
#include "observe/files/directory.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

namespace checklist::observe {
namespace {
// With O_PATH | O_NOFOLLOW a symlink fails with ENOTDIR, as any other file: returns ELOOP for one.
int error_of(int above, const std::string& name, int error) {
  struct stat status {};

  const bool is_link = error == ENOTDIR &&
                       ::fstatat(above, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
                       S_ISLNK(status.st_mode);
  return is_link ? ELOOP : error;
}

// Opens one component after the other. RestrictSUIDSGID= blocks openat2(2).
event::Fd open_without_links(std::string path, int flags) {
  while (path.size() > 1 && path.ends_with('/')) {
    path.pop_back();
  }
  event::Fd at(::open("/", path == "/" ? flags : O_PATH | O_DIRECTORY | O_CLOEXEC));
  for (std::size_t begin = 1; at && begin < path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    const std::string name = path.substr(begin, end - begin);
    const int how = end == path.size() ? flags : O_PATH | O_DIRECTORY | O_CLOEXEC;
    event::Fd next(::openat(at.get(), name.c_str(), how | O_NOFOLLOW));
    const int error = next ? 0 : error_of(at.get(), name, errno);
    at = std::move(next);
    errno = error;
    begin = end + 1;
  }
  return at;
}
}  // namespace

event::Fd open_directory(const std::string& path, Links links, Listing listing) {
  const int flags = O_DIRECTORY | O_CLOEXEC | (listing == Listing::needed ? O_RDONLY : O_PATH);
  return links == Links::refuse ? open_without_links(path, flags)
                                : event::Fd(::open(path.c_str(), flags));
}

Unseen unseen_path(const std::string& path, int error) {
  if (error == ELOOP) {
    return {"link", "a directory above " + path + " is a symlink",
            "use the path that it resolves to"};
  }
  const bool denied = error == EACCES || error == EPERM;
  return {denied ? "permission" : "unsupported",
          "cannot access " + path + ": " + std::system_category().message(error),
          denied ? "let checklistd search the directories above " + path : ""};
}
}  // namespace checklist::observe
