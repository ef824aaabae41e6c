// SPDX-License-Identifier: MIT
// The daemon's state file, replaced atomically. Reading never fails: an invalid file, or one of a
// newer version, is renamed to PATH.bad-N.
#pragma once
#include <optional>
#include <string>
#include <utility>

#include "store/state_json.hpp"

namespace checklist::store {
struct Restored {
  State state;
  std::string set_aside;  // "PATH.bad-N: reason" if the file was renamed
};

class StateFile {
 public:
  explicit StateFile(std::string path) : path_(std::move(path)) {}

  // Returns the state; an empty one if there is no file or it was renamed.
  [[nodiscard]] Restored read() const;
  // For other programs: returns nothing if there is no usable file, and changes nothing.
  [[nodiscard]] std::optional<State> peek() const;
  // Throws std::system_error. Does not sync to disk, which is too slow for the loop; see
  // background_sync.hpp.
  void write(const State& state);

 private:
  std::string path_;
  StateText text_;
};
}  // namespace checklist::store
