// SPDX-License-Identifier: MIT
// The pages of docs/checks, embedded at build time by cmake/Pages.cmake.
#pragma once
#include <span>
#include <string_view>

namespace checklist::render {
struct CheckPage {
  std::string_view name;  // of the check
  std::string_view text;  // Markdown
};

// Sorted by name.
std::span<const CheckPage> check_pages();
}  // namespace checklist::render
