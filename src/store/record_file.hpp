// SPDX-License-Identifier: MIT
// A file that checklistctl writes, as root or as a user, and that the daemon only reads.
#pragma once
#include <optional>
#include <string>
#include <utility>

namespace checklist::store {
// An exclusive lock of a record directory (flock(2)), released by the destructor.
class RecordHold {
 public:
  explicit RecordHold(int directory) : directory_(directory) {}

  RecordHold(RecordHold&& other) noexcept : directory_(std::exchange(other.directory_, -1)) {}

  RecordHold& operator=(RecordHold&&) = delete;
  RecordHold(const RecordHold&) = delete;
  RecordHold& operator=(const RecordHold&) = delete;
  ~RecordHold();

 private:
  int directory_;
};

class RecordFile {
 public:
  // Uses the file `name` in the directory, which may be missing.
  RecordFile(std::string directory, std::string name);

  [[nodiscard]] const std::string& path() const { return path_; }

  struct Content {
    std::optional<std::string> text;
    std::string error;  // why there is no text; none if the file is missing
  };

  // Reads at most 1 MiB. Refuses a symbolic link, and a file that users other than root and the
  // current one can write.
  [[nodiscard]] Content read() const;

  // Waits for the lock, which must be held while the file is read and written. Throws
  // std::system_error and creates the directory, as write().
  [[nodiscard]] RecordHold hold() const;

  // Returns the lock, or nothing if another process has it. Throws likewise.
  [[nodiscard]] std::optional<RecordHold> try_hold() const;

  // Replaces the file atomically. Creates the directory. Follows no symbolic link. Throws
  // std::system_error, also if other users may write to the directory.
  void write(const std::string& text) const;

 private:
  std::string directory_;
  std::string name_;
  std::string path_;
};
}  // namespace checklist::store
