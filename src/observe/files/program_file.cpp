// SPDX-License-Identifier: MIT
#include "observe/files/program_file.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace checklist::observe {
ProgramFile::ProgramFile(const std::string& path)
    : ProgramFile(event::Fd(::open(path.c_str(), O_PATH | O_CLOEXEC))) {}

ProgramFile::ProgramFile(const event::Fd& node) {
  struct stat status {};

  if (!node || ::fstat(node.get(), &status) != 0) {
    error_ = errno;
  } else if (!S_ISREG(status.st_mode)) {
    error_ = ENOEXEC;
  } else {
    const std::string path = "/proc/self/fd/" + std::to_string(node.get());
    fd_ = event::Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    error_ = fd_ ? 0 : errno;
  }
}

parse::ReadAt ProgramFile::reader() const {
  return [fd = fd_.get()](std::uint64_t offset, std::size_t size) {
    std::string out(size, '\0');
    const auto count = ::pread(fd, out.data(), size, static_cast<off_t>(offset));
    out.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return out;
  };
}
}  // namespace checklist::observe
