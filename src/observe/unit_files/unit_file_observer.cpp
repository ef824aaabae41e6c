// SPDX-License-Identifier: MIT
#include "observe/unit_files/unit_file_observer.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "event/fd.hpp"
#include "observe/shortage.hpp"
#include "parse/unit_file.hpp"
#include "semantics/unit/unit_files.hpp"

namespace checklist::observe {
namespace {
constexpr std::size_t largest = 1 << 20;

Unseen unseen(const std::string& path, const std::string& why) {
  return {.reason = "unsupported", .why = "cannot read " + path + ": " + why, .remedy = ""};
}

Observed<UnitFile> not_opened(const std::string& path, int error) {
  if (error == ENOENT || error == ENOTDIR) {
    return UnitFile{};
  }
  if (is_shortage(error)) {
    return Shortage(error, path).unseen();
  }
  Unseen why = unseen(path, std::system_category().message(error));
  if (error == EACCES || error == EPERM) {
    why.reason = "permission";
    why.remedy = "let checklistd read " + path;
  }
  return why;
}
}  // namespace

Observed<UnitFile> unit_file(const std::string& root, const std::string& path) {
  const std::string full = root + path;
  // O_NONBLOCK: opening a FIFO must not wait for a writer.
  const event::Fd file(::open(full.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file) {
    return not_opened(path, errno);
  }

  struct stat status {};

  const bool looked = ::fstat(file.get(), &status) == 0;
  const bool masked = looked && S_ISCHR(status.st_mode);  // a symlink to /dev/null
  if (masked) {
    return UnitFile{.exists = true, .directives = {}};
  }
  if (!looked || !S_ISREG(status.st_mode)) {
    return unseen(path, "not a regular file");
  }
  std::string text(largest + 1, '\0');
  std::size_t size = 0;
  for (ssize_t got = 1; got > 0 && size < text.size(); size += static_cast<std::size_t>(got)) {
    got = ::read(file.get(), text.data() + size, text.size() - size);
    if (got < 0) {
      return unseen(path, std::system_category().message(errno));
    }
  }
  if (size > largest) {
    return unseen(path, "larger than 1 MiB");
  }
  text.resize(size);
  return parse::unit_file(text);
}

UnitFileObserver::UnitFileObserver(event::Loop& loop, Put<UnitFileKey> put, std::string root)
    : PathObserver(
          loop, std::move(put), std::move(root),
          [](const std::string& prefix, const UnitFileKey& key) {
            return unit_file(prefix, key.path);
          },
          [](const UnitFileKey& key) {
            return semantics::is_generated(key.path) ? std::string() : key.path;
          }) {}
}  // namespace checklist::observe
