// SPDX-License-Identifier: MIT
#include "config/web/duration.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace checklist::config {
namespace {
struct Unit {
  std::string_view name;
  double nanoseconds;
};

// The longer of two that begin alike comes first. Both signs for micro are in use.
constexpr std::array units{Unit{"ns", 1},   Unit{"us", 1e3}, Unit{"µs", 1e3}, Unit{"μs", 1e3},
                           Unit{"ms", 1e6}, Unit{"s", 1e9},  Unit{"m", 60e9}, Unit{"h", 3600e9}};

const Unit* unit_of(std::string_view text) {
  for (const Unit& unit : units) {
    if (text.starts_with(unit.name)) {
      return &unit;
    }
  }
  return nullptr;
}
}  // namespace

std::optional<std::chrono::nanoseconds> parse_go_duration(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  if (text == "0") {
    return std::chrono::nanoseconds{0};
  }
  double sum = 0;
  const bool is_empty = text.empty();
  while (!text.empty()) {
    double number = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
    if (error != std::errc{} || text.front() == '-') {
      return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    const Unit* unit = unit_of(text);
    if (unit == nullptr) {
      return std::nullopt;
    }
    sum += number * unit->nanoseconds;
    text.remove_prefix(unit->name.size());
  }
  if (is_empty || !(sum < static_cast<double>(std::numeric_limits<std::int64_t>::max()))) {
    return std::nullopt;
  }
  return std::chrono::nanoseconds(static_cast<std::int64_t>(is_negative ? -sum : sum));
}
}  // namespace checklist::config
