// SPDX-License-Identifier: MIT
// Reads pieces of a regular file.
#pragma once
#include <string>

#include "event/fd.hpp"
#include "parse/programs/elf.hpp"

namespace checklist::observe {
class ProgramFile {
 public:
  // Opens the file, if it is a regular one: opening others may block or have effects.
  explicit ProgramFile(const std::string& path);
  // The same of a file that was opened with O_PATH.
  explicit ProgramFile(const event::Fd& node);

  // Returns 0, or the errno with which it could not be opened; ENOEXEC if it is no regular file.
  [[nodiscard]] int error() const { return error_; }

  // The reader borrows the file. It returns nothing after an error.
  [[nodiscard]] parse::ReadAt reader() const;

 private:
  event::Fd fd_;
  int error_ = 0;
};
}  // namespace checklist::observe
