// SPDX-License-Identifier: MIT
// A file that checklistctl writes, as root or as a user, and that the daemon only reads.
#pragma once
#include <optional>
#include <string>

namespace checklist::store {
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

  // As a whole or not at all. Throws std::system_error. Makes the directory; follows no link, and
  // refuses a directory in which somebody else may write.
  void write(const std::string& text) const;

 private:
  std::string directory_;
  std::string name_;
  std::string path_;
};
}  // namespace checklist::store
