// SPDX-License-Identifier: MIT
// The records of checklistctl that the daemon reads: acknowledgements, forgotten specs, exercises.
#include <fstream>

#include "fuzz/fuzz.hpp"
#include "store/json_records.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::fuzz {
namespace {
template <class T>
void read_back(const std::string& directory, std::string_view input) {
  const store::JsonRecords<T> file(directory);
  std::ofstream(file.path(), std::ios::binary) << input;
  const auto first = file.read();
  if (!first.error.empty()) {
    return;
  }
  file.write(first.records);
  const auto second = file.read();
  require(second.error.empty(), "a written record can be read");
}
}  // namespace

const std::size_t longest = 1U << 20U;  // store::RecordFile::read()

void run(std::string_view input) {
  static const testing::TemporaryDirectory directory;
  const std::string path = directory.path();
  read_back<Acknowledgements>(path, input);
  read_back<store::Forgotten>(path, input);
  read_back<Exercises>(path, input);
  read_back<ExercisePlan>(path, input);
}
}  // namespace checklist::fuzz
