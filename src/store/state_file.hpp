// SPDX-License-Identifier: MIT
// What the daemon must not forget, in one file that is written whole and renamed. Reading never
// fails: a file that is broken or newer than we are is set aside, and its new name is told.
#pragma once
#include <optional>
#include <string>
#include <utility>

#include "store/state_json.hpp"

namespace checklist::store {
struct Restored {
  State state;
  std::string set_aside;  // "PATH: why" of a file that could not be used
};

class StateFile {
 public:
  explicit StateFile(std::string path) : path_(std::move(path)) {}

  [[nodiscard]] Restored read() const;
  // For whoever only looks: nothing where there is none that can be used. It stays as it is.
  [[nodiscard]] std::optional<State> peek() const;
  // Throws std::system_error. Not synced to disk: that is too slow for the loop (background_sync).
  void write(const State& state);

 private:
  std::string path_;
  StateText text_;
};
}  // namespace checklist::store
