// SPDX-License-Identifier: MIT
#include "store/record_file.hpp"

#include <array>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace checklist::store {
namespace {
constexpr std::size_t largest = 1U << 20U;

class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}

  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

  Fd& operator=(Fd&&) = delete;
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;

  ~Fd() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }

  [[nodiscard]] int get() const { return fd_; }

  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

[[noreturn]] void fail(const std::string& what, int error = errno) {
  throw std::system_error(error, std::generic_category(), what);
}

bool is_trusted(const struct stat& status) {
  return (status.st_uid == 0 || status.st_uid == ::geteuid()) &&
         (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

std::string everything(int fd) {
  std::string out;
  std::array<char, 8192> piece{};
  ssize_t count = 0;
  while (out.size() < largest && (count = ::read(fd, piece.data(), piece.size())) > 0) {
    out.append(piece.data(), static_cast<std::size_t>(count));
  }
  return out;
}

// Opens the directory, and creates it if it is missing. Throws if other users may write to it.
Fd own_directory(const std::string& path) {
  if (::mkdir(path.c_str(), 0755) != 0 && errno != EEXIST) {
    fail(path);
  }
  Fd directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));

  struct stat status {};

  if (directory.get() < 0 || ::fstat(directory.get(), &status) != 0) {
    fail(path);
  }
  if (!is_trusted(status)) {
    fail(path + ": other users may write to it", EPERM);
  }
  return directory;
}

void write_whole(int directory, const std::string& name, const std::string& text) {
  const std::string fresh_name = name + ".new";
  ::unlinkat(directory, fresh_name.c_str(), 0);  // left by an interrupted run
  const Fd fresh(::openat(directory, fresh_name.c_str(),
                          O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  const bool written =
      fresh.get() >= 0 && ::fchmod(fresh.get(), 0644) == 0 &&
      ::write(fresh.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(fresh.get()) == 0;
  if (!written || ::renameat(directory, fresh_name.c_str(), directory, name.c_str()) != 0) {
    fail(name);
  }
}
}  // namespace

RecordFile::RecordFile(std::string directory, std::string name)
    : directory_(std::move(directory)), name_(std::move(name)), path_(directory_ + "/" + name_) {}

RecordFile::Content RecordFile::read() const {
  const Fd file(::open(path_.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (file.get() < 0) {
    return {std::nullopt,
            errno == ENOENT ? "" : path_ + ": " + std::generic_category().message(errno)};
  }

  struct stat status {};

  if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) || !is_trusted(status)) {
    return {std::nullopt,
            path_ + ": not a regular file that only root or the current user can write"};
  }
  return {everything(file.get()), {}};
}

RecordHold::~RecordHold() {
  if (directory_ >= 0) {
    ::close(directory_);
  }
}

RecordHold RecordFile::hold() const {
  Fd directory = own_directory(directory_);
  while (::flock(directory.get(), LOCK_EX) != 0) {
    if (errno != EINTR) {
      fail(directory_);
    }
  }
  return RecordHold(directory.release());
}

std::optional<RecordHold> RecordFile::try_hold() const {
  Fd directory = own_directory(directory_);
  if (::flock(directory.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return std::nullopt;
    }
    fail(directory_);
  }
  return RecordHold(directory.release());
}

void RecordFile::write(const std::string& text) const {
  write_whole(own_directory(directory_).get(), name_, text);
}
}  // namespace checklist::store
