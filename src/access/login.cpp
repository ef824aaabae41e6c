// SPDX-License-Identifier: MIT
#include "access/login.hpp"

#include <algorithm>

#include "semantics/text/base64.hpp"

namespace checklist::access {
namespace {
constexpr std::size_t group = 4;  // characters for three bytes

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % group != 0) {
    return std::nullopt;
  }
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  text.remove_suffix(padding);
  return text.find_first_not_of(semantics::base64_digits) == std::string_view::npos
             ? std::optional(semantics::from_base64(text))
             : std::nullopt;
}

bool is_basic(std::string_view scheme) {
  constexpr std::string_view basic = "basic ";
  return std::equal(scheme.begin(), scheme.end(), basic.begin(), basic.end(),
                    [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a + 32 == b); });
}
}  // namespace

std::optional<Login> parse_login(std::string_view authorization) {
  constexpr std::size_t scheme = 6;
  if (!is_basic(authorization.substr(0, scheme))) {
    return std::nullopt;
  }
  const auto decoded = decode_base64(authorization.substr(scheme));
  const auto colon = decoded ? decoded->find(':') : std::string::npos;
  if (colon == std::string::npos) {
    return std::nullopt;
  }
  return Login{.user = decoded->substr(0, colon), .password = decoded->substr(colon + 1)};
}
}  // namespace checklist::access
