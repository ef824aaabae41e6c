// SPDX-License-Identifier: MIT
// What a client of basic authentication says (RFC 7617).
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace checklist::access {
struct Login {
  std::string user;
  std::string password;
};

// Parses the value of an Authorization header.
[[nodiscard]] std::optional<Login> parse_login(std::string_view authorization);
}  // namespace checklist::access
