// SPDX-License-Identifier: MIT
// Time spans of the web config file, as Go's time.ParseDuration reads them: `1s`, `1m30s`, `0.5h`.
#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace checklist::config {
[[nodiscard]] std::optional<std::chrono::nanoseconds> parse_go_duration(std::string_view text);
}  // namespace checklist::config
