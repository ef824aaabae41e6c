// SPDX-License-Identifier: MIT
#include "render/moment.hpp"

#include <array>
#include <ctime>

namespace checklist::render {
std::string formatted(WallTime time, const char* format) {
  // Not system_clock::to_time_t(), whose nanoseconds overflow in 2262.
  const std::time_t seconds =
      std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> out{};
  return {out.data(), std::strftime(out.data(), out.size(), format, &parts)};
}
}  // namespace checklist::render
