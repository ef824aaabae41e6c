// SPDX-License-Identifier: MIT
// Passwords hashed with bcrypt, judged as golang.org/x/crypto/bcrypt does.
#pragma once
#include <string>
#include <string_view>

namespace checklist::access {
// Returns why a text is no hash, or an empty string. The text is not part of it.
[[nodiscard]] std::string bcrypt_problem(std::string_view hash);

// Takes as long as the hash's cost says: 2^cost rounds, about 60 ms for a cost of 10.
[[nodiscard]] bool bcrypt_matches(const std::string& hash, const std::string& password);
}  // namespace checklist::access
