// SPDX-License-Identifier: MIT
// Base 64 (RFC 4648).
#pragma once
#include <string>
#include <string_view>

namespace checklist::semantics {
inline constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Returns the bytes. Skips what is no digit, such as line breaks and padding.
std::string from_base64(std::string_view text);
}  // namespace checklist::semantics
