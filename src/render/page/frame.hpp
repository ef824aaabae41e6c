// SPDX-License-Identifier: MIT
// What all pages have in common: the head, the verdict and the footer.
#pragma once
#include <string>
#include <string_view>

#include "render/page/page.hpp"
#include "render/page/verdict.hpp"

namespace checklist::render {
// A page of the report. `root` leads to the main page: "" or "../".
struct Frame {
  std::string title;    // unescaped; the verdict follows
  std::string heading;  // HTML of the h1 and of what stands beside it
  Counts counts{};
  std::string_view controls;  // HTML between the verdict and the main part
  std::string main;           // HTML
  std::string_view root;
};

std::string framed(const PageSource& source, const Frame& frame);

// Returns the beginning of a document, up to the end of its head. `more` is HTML; `root` is that of
// Frame.
std::string head(const std::string& title, const std::string& more, std::string_view root);
}  // namespace checklist::render
