// SPDX-License-Identifier: MIT
// Formats lists for a sentence.
#pragma once
#include <string>

namespace checklist::semantics {
// Returns "a, b, c".
template <class Texts>
std::string enumerated(const Texts& texts) {
  std::string out;
  for (const std::string& each : texts) {
    out += (out.empty() ? "" : ", ") + each;
  }
  return out;
}
}  // namespace checklist::semantics
