// SPDX-License-Identifier: MIT
#include "checks/directives/setting.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
constexpr std::string_view letters = "BKMGTPE";  // each 1024 times the one before

// Reads decimal digits with at most one point, as systemd does.
std::optional<long double> decimal(std::string_view text) {
  const bool is_plain = !text.empty() && text.front() != '.' && text.back() != '.' &&
                        text.find_first_not_of("0123456789.") == std::string_view::npos &&
                        text.find('.') == text.rfind('.') && text.size() <= 20;
  return is_plain ? std::optional(std::strtold(std::string(text).c_str(), nullptr)) : std::nullopt;
}
}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
  if (text == "infinity") {
    return unlimited;
  }
  std::size_t power = 0;
  if (!text.empty() && letters.find(text.back()) != std::string_view::npos) {
    power = letters.find(text.back());
    text.remove_suffix(1);
  }
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  if (const auto whole = semantics::number<std::uint64_t>(text)) {
    const std::uint64_t unit = std::uint64_t{1} << (10 * power);
    return *whole <= (unlimited - 1) / unit ? std::optional(*whole * unit) : std::nullopt;
  }
  const auto value = decimal(text);
  const long double bytes =
      value ? std::ldexp(*value, static_cast<int>(10 * power)) : static_cast<long double>(-1);
  return bytes >= 0 && bytes < 1.8e19L ? std::optional(static_cast<std::uint64_t>(bytes))
                                       : std::nullopt;
}

std::string print_size(std::uint64_t bytes) {
  if (bytes == unlimited) {
    return "infinity";
  }
  std::size_t power = 0;
  while (bytes != 0 && bytes % 1024 == 0 && power + 1 < letters.size()) {
    bytes /= 1024;
    ++power;
  }
  return std::to_string(bytes) + (power == 0 ? "" : std::string(1, letters[power]));
}

std::optional<Share> parse_share(std::string_view text) {
  if (!text.ends_with('%')) {
    return std::nullopt;
  }
  text.remove_suffix(1);
  const auto percent = decimal(text);
  const auto point = text.find('.');
  const bool is_exact = point == std::string_view::npos || text.size() - point <= 3;
  return percent && is_exact && *percent < 1e9L
             ? std::optional(Share{static_cast<std::uint64_t>(std::llround(*percent * 100))})
             : std::nullopt;
}

std::string print_share(Share share) {
  std::string out = std::to_string(share.permyriad / 100);
  if (const auto rest = share.permyriad % 100; rest != 0) {
    out += (rest < 10 ? ".0" : ".") + std::to_string(rest % 10 == 0 ? rest / 10 : rest);
  }
  return out + "%";
}

std::uint64_t part_of(std::uint64_t whole, Share share) {
  constexpr std::uint64_t all = 10'000;
  return whole / all * share.permyriad + whole % all * share.permyriad / all;
}
}  // namespace checklist::checks
