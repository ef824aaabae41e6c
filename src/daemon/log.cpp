// SPDX-License-Identifier: MIT
#include "daemon/log.hpp"

#include <array>
#include <cstdlib>
#include <stdexcept>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace checklist::daemon {
namespace {
constexpr std::array levels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                            spdlog::level::err};
constexpr std::array<const char*, 4> priorities{"<7>", "<6>", "<4>", "<3>"};

spdlog::logger& logger() {
  static const auto it = [] {
    auto made = spdlog::stderr_logger_st("checklistd");
    const bool journal = std::getenv("JOURNAL_STREAM") != nullptr;  // which adds the time
    made->set_pattern(journal ? "%v" : "%Y-%m-%d %H:%M:%S.%e %l %v");
    return made;
  }();
  return *it;
}
}  // namespace

void set_level(const std::string& name) {
  const auto level = spdlog::level::from_str(name);
  if (level == spdlog::level::off && name != "off") {
    throw std::invalid_argument("unknown log level '" + name +
                                "': expected debug, info, warning or error");
  }
  logger().set_level(level);
}

void log(Level level, const std::string& text) {
  const auto index = static_cast<std::size_t>(level);
  const bool journal = std::getenv("JOURNAL_STREAM") != nullptr;
  logger().log(levels.at(index), "{}{}", journal ? priorities.at(index) : "", text);
}
}  // namespace checklist::daemon
