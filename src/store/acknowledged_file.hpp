// SPDX-License-Identifier: MIT
// What somebody told checklistctl that he knows of. Only checklistctl writes it.
#pragma once
#include <string>

#include "checklist/acknowledgement.hpp"

#include "store/record_file.hpp"

namespace checklist::store {
class AcknowledgedFile {
 public:
  // In that directory, which may be missing.
  explicit AcknowledgedFile(std::string directory);

  [[nodiscard]] const std::string& path() const { return file_.path(); }

  struct Content {
    Acknowledgements acknowledged;
    std::string mistake;  // why the file counts as empty; a missing one is no mistake
  };

  [[nodiscard]] Content read() const;

  [[nodiscard]] RecordHold hold() const { return file_.hold(); }

  // Puts these in the place of all. Throws std::system_error.
  void write(const Acknowledgements& acknowledged) const;

 private:
  RecordFile file_;
};
}  // namespace checklist::store
