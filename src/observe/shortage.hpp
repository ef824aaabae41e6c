// SPDX-License-Identifier: MIT
// Errors that say nothing about what is looked at: this process lacks descriptors or memory for it.
#pragma once
#include <cerrno>
#include <string>
#include <system_error>

#include "checklist/observed.hpp"

namespace checklist::observe {
inline constexpr const char* more_descriptors = "raise LimitNOFILE= in checklistd.service";

struct Shortage : std::system_error {
  Shortage(int error, const std::string& path)
      : std::system_error(error, std::generic_category(), "cannot read " + path) {}

  [[nodiscard]] Unseen unseen() const { return {"resources", what(), more_descriptors}; }
};

inline bool is_shortage(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}
}  // namespace checklist::observe
