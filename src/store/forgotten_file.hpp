// SPDX-License-Identifier: MIT
// The record of `checklistctl forget`: specs with the time of the command. Only checklistctl writes
// it; the daemon reads it and keeps the applied entries in its state file.
#pragma once
#include <map>
#include <string>

#include "checklist/time.hpp"

#include "store/record_file.hpp"

namespace checklist::store {
using Forgotten = std::map<std::string, WallTime>;  // by semantics::spec_name()

class ForgottenFile {
 public:
  // Uses forgotten.json in the directory, which may be missing.
  explicit ForgottenFile(std::string directory);

  [[nodiscard]] const std::string& path() const { return file_.path(); }

  struct Content {
    Forgotten forgotten;
    std::string mistake;  // why the file counts as empty; none if it is missing
  };

  [[nodiscard]] Content read() const;

  // Adds or replaces one entry. Throws std::system_error, also if the file is invalid, which is
  // then not overwritten.
  void add(const std::string& spec, WallTime at) const;

 private:
  RecordFile file_;
};
}  // namespace checklist::store
