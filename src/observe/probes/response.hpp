// SPDX-License-Identifier: MIT
// The beginning of an answer to a probe: however much comes, no more than this is kept.
#pragma once
#include <string>
#include <string_view>

namespace checklist::observe {
class Response {
 public:
  static constexpr std::size_t most = 65'536;

  // Whether there is room for more.
  bool take(std::string_view piece) {
    text_.append(piece.substr(0, most - text_.size()));
    return text_.size() < most;
  }

  [[nodiscard]] const std::string& text() const { return text_; }

  [[nodiscard]] bool full() const { return text_.size() == most; }

 private:
  std::string text_;
};
}  // namespace checklist::observe
