// SPDX-License-Identifier: MIT
#include "observe/small_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace checklist::observe {
std::optional<std::string> small_file(const std::string& path, std::size_t at_most) {
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) {
    return std::nullopt;
  }
  std::string text;
  std::array<char, 16'384> piece{};
  while (file && text.size() < at_most) {
    const std::size_t wanted = std::min(piece.size(), at_most - text.size());
    file.read(piece.data(), static_cast<std::streamsize>(wanted));
    text.append(piece.data(), static_cast<std::size_t>(file.gcount()));
  }
  return file.bad() ? std::nullopt : std::optional(std::move(text));
}
}  // namespace checklist::observe
