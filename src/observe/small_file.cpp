// SPDX-License-Identifier: MIT
#include "observe/small_file.hpp"

#include <fstream>

namespace checklist::observe {
std::optional<std::string> small_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(65536, '\0');
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
