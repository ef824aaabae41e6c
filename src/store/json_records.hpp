// SPDX-License-Identifier: MIT
// The records of checklistctl as JSON files: acknowledged failures, forgotten specs and exercises.
// Only checklistctl writes them; the daemon reads them.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "checklist/acknowledgement.hpp"
#include "checklist/exercise_plan.hpp"
#include "checklist/facts/exercise.hpp"
#include "checklist/time.hpp"

#include "store/record_file.hpp"

namespace checklist::store {
// The times of `checklistctl forget`, by semantics::spec_name().
using Forgotten = std::map<std::string, WallTime>;

// Instantiated for Acknowledgements, Forgotten, Exercises and ExercisePlan.
template <class T>
class JsonRecords {
 public:
  // Uses the kind's file in the directory, which may be missing.
  explicit JsonRecords(std::string directory);

  [[nodiscard]] const std::string& path() const { return file_.path(); }

  struct Content {
    T records{};
    std::string error{};  // why the file counts as empty; none if it is missing
  };

  [[nodiscard]] Content read() const;

  // As RecordFile: the lock to hold while the file is read and written.
  [[nodiscard]] RecordHold hold() const { return file_.hold(); }

  [[nodiscard]] std::optional<RecordHold> try_hold() const { return file_.try_hold(); }

  // Replaces all entries. Throws std::system_error.
  void write(const T& records) const;

 private:
  RecordFile file_;
};

using AcknowledgedFile = JsonRecords<Acknowledgements>;
using ForgottenFile = JsonRecords<Forgotten>;
using ExercisesFile = JsonRecords<Exercises>;
using ExercisePlanFile = JsonRecords<ExercisePlan>;

// Adds or replaces one entry. Throws std::system_error, also if the file is invalid, which is then
// not overwritten.
void add(const ForgottenFile& file, const std::string& spec, WallTime at);
}  // namespace checklist::store
