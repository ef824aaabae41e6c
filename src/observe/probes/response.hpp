// SPDX-License-Identifier: MIT
// A probe's response, truncated to 64 KiB.
#pragma once
#include <string>
#include <string_view>

namespace checklist::observe {
class Response {
 public:
  static constexpr std::size_t limit = 65'536;

  // Appends up to the limit. Returns whether there is room for more.
  bool append(std::string_view piece) {
    text_.append(piece.substr(0, limit - text_.size()));
    return text_.size() < limit;
  }

  [[nodiscard]] const std::string& text() const { return text_; }

  [[nodiscard]] bool full() const { return text_.size() == limit; }

 private:
  std::string text_;
};
}  // namespace checklist::observe
