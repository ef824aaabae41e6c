// SPDX-License-Identifier: MIT
// src/render/page/, built in by cmake/Pages.cmake.
#pragma once
#include <string_view>

namespace checklist::render {
std::string_view page_style();
std::string_view page_script();
}  // namespace checklist::render
