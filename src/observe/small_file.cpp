// SPDX-License-Identifier: MIT
#include "observe/small_file.hpp"

#include <fstream>

namespace checklist::observe {
std::optional<std::string> small_file(const std::string& path, std::size_t at_most) {
  std::ifstream file(path, std::ios::binary);
  std::string text(at_most, '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(text.size())) && file.bad()) {
    return std::nullopt;
  }
  if (!file.is_open()) {
    return std::nullopt;
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}
}  // namespace checklist::observe
