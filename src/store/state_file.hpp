// SPDX-License-Identifier: MIT
// What the daemon must not forget, in one file that is written whole and renamed. Reading never
// fails: a file that is broken or newer than we are is set aside, and its new name is told.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "checklist/report.hpp"

namespace checklist::store {
struct State {
  std::string boot_id;
  std::map<std::string, std::map<std::string, Track>>
      checks;                         // by unit (empty: the host), then check
  std::vector<Change> changes;        // newest first
  std::map<std::string, bool> specs;  // units that had a spec: whether it was enabled
};

struct Restored {
  State state;
  std::string set_aside;  // "PATH: why" of a file that could not be used
};

class StateFile {
 public:
  explicit StateFile(std::string path) : path_(std::move(path)) {}

  [[nodiscard]] Restored read() const;
  // Throws std::system_error. Not synced to disk: that is too slow for the loop.
  void write(const State& state) const;

 private:
  std::string path_;
};
}  // namespace checklist::store
