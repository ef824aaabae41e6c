// SPDX-License-Identifier: MIT
// A file that checklistctl writes, as root or as a user, and that the daemon only reads.
#pragma once
#include <optional>
#include <string>
#include <utility>

namespace checklist::store {
// While it lives, whoever asks for another of the same directory waits.
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
  // In that directory, which may be missing.
  RecordFile(std::string directory, std::string name);

  [[nodiscard]] const std::string& path() const { return path_; }

  struct Content {
    std::optional<std::string> text;
    std::string mistake;  // why there is none; a missing file is no mistake
  };

  // Believes only a file of root or of whoever runs us, and follows no link.
  [[nodiscard]] Content read() const;

  // For who reads in order to write. Throws std::system_error, and makes the directory, as write().
  [[nodiscard]] RecordHold hold() const;

  // As a whole or not at all. Throws std::system_error. Makes the directory; follows no link, and
  // refuses a directory in which somebody else may write.
  void write(const std::string& text) const;

 private:
  std::string directory_;
  std::string name_;
  std::string path_;
};
}  // namespace checklist::store
