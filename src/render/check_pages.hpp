// SPDX-License-Identifier: MIT
// The pages of docs/checks, built in by cmake/Pages.cmake so that they are always at hand.
#pragma once
#include <span>
#include <string_view>

namespace checklist::render {
struct CheckPage {
  std::string_view name;  // the check's
  std::string_view text;  // Markdown
};

std::span<const CheckPage> check_pages();  // in the order of their names
}  // namespace checklist::render
