// SPDX-License-Identifier: MIT
#include "semantics/files/file_rules.hpp"

#include <algorithm>

namespace checklist::semantics {
namespace {
constexpr std::uint32_t octal = 8;
constexpr std::size_t mode_digits = 4;
}  // namespace

bool is_glob(std::string_view path) {
  return path.find_first_of("*?[") != std::string_view::npos;
}

bool is_plain_path(std::string_view path) {
  if (!path.starts_with('/')) {
    return false;
  }
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto part = path.substr(0, path.find('/'));
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' '; };
    if (part.empty() || part == "." || part == ".." || std::ranges::any_of(part, is_control)) {
      return false;
    }
    path.remove_prefix(part.size());
  }
  return true;
}

std::string mode_text(std::uint32_t bits) {
  std::string out(mode_digits, '0');
  for (auto digit = out.rbegin(); digit != out.rend(); ++digit, bits /= octal) {
    *digit = static_cast<char>('0' + bits % octal);
  }
  return out;
}
}  // namespace checklist::semantics

namespace checklist {
std::optional<semantics::PathPattern> ParameterType<semantics::PathPattern>::parse(
    const Value& value) {
  const auto* path = value.get<std::string>();
  return path != nullptr && semantics::is_plain_path(*path)
             ? std::optional(semantics::PathPattern{*path})
             : std::nullopt;
}

Dict ParameterType<semantics::PathPattern>::schema() {
  return pattern_schema(R"(^(/(?!\.{1,2}(/|$))[^/\u0000-\u001f]+)+$)");
}

std::optional<semantics::FileMode> ParameterType<semantics::FileMode>::parse(const Value& value) {
  const auto* digits = value.get<std::string>();
  const auto is_digit = [](char c) { return c >= '0' && c <= '7'; };
  if (digits == nullptr || digits->size() < semantics::mode_digits - 1 ||
      digits->size() > semantics::mode_digits || !std::ranges::all_of(*digits, is_digit)) {
    return std::nullopt;
  }
  semantics::FileMode out;
  for (const char digit : *digits) {
    out.bits = out.bits * semantics::octal + static_cast<std::uint32_t>(digit - '0');
  }
  return out;
}

Dict ParameterType<semantics::FileMode>::schema() {
  return pattern_schema("^[0-7]{3,4}$");
}
}  // namespace checklist
