// SPDX-License-Identifier: MIT
// The specs that somebody told checklistctl to forget, each with the moment at which he did. Only
// checklistctl writes it; the daemon reads it and remembers which entries it has heeded.
#pragma once
#include <map>
#include <string>

#include "checklist/time.hpp"

#include "store/record_file.hpp"

namespace checklist::store {
using Forgotten = std::map<std::string, WallTime>;  // by semantics::spec_name()

class ForgottenFile {
 public:
  // In that directory, which may be missing.
  explicit ForgottenFile(std::string directory);

  [[nodiscard]] const std::string& path() const { return file_.path(); }

  struct Content {
    Forgotten forgotten;
    std::string mistake;  // why the file counts as empty; a missing one is no mistake
  };

  [[nodiscard]] Content read() const;

  // Adds or renews one entry. Throws std::system_error, also where the file is one that counts as
  // empty: what it holds is not lost.
  void add(const std::string& spec, WallTime at) const;

 private:
  RecordFile file_;
};
}  // namespace checklist::store
