// SPDX-License-Identifier: MIT
// The record of `checklistctl ack`: acknowledged failures. Only checklistctl writes it.
#pragma once
#include <string>

#include "checklist/acknowledgement.hpp"

#include "store/record_file.hpp"

namespace checklist::store {
class AcknowledgedFile {
 public:
  // Uses acknowledged.json in the directory, which may be missing.
  explicit AcknowledgedFile(std::string directory);

  [[nodiscard]] const std::string& path() const { return file_.path(); }

  struct Content {
    Acknowledgements acknowledged;
    std::string mistake;  // why the file counts as empty; none if it is missing
  };

  [[nodiscard]] Content read() const;

  [[nodiscard]] RecordHold hold() const { return file_.hold(); }

  // Replaces all entries. Throws std::system_error.
  void write(const Acknowledgements& acknowledged) const;

 private:
  RecordFile file_;
};
}  // namespace checklist::store
