// SPDX-License-Identifier: MIT
// The pages of docs/checks, built in by cmake/Pages.cmake.
#pragma once
#include <span>
#include <string_view>

namespace checklist::ctl {
struct Page {
  std::string_view name;  // the check's
  std::string_view text;  // Markdown
};

std::span<const Page> check_pages();
}  // namespace checklist::ctl
