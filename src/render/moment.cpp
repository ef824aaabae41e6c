// SPDX-License-Identifier: MIT
#include "render/moment.hpp"

#include <array>
#include <ctime>

namespace checklist::render {
std::string formatted(WallTime time, const char* format) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(
      std::chrono::time_point_cast<std::chrono::system_clock::duration>(time));
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> out{};
  return {out.data(), std::strftime(out.data(), out.size(), format, &parts)};
}
}  // namespace checklist::render
