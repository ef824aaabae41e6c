// SPDX-License-Identifier: MIT
// What a fuzz target defines, and what it needs for that. tests/fuzz/driver.cpp runs it.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace checklist::fuzz {
// The longest input that the program accepts, in bytes. Defined by each target.
extern const std::size_t longest;

// Hands the input to the parser. Defined by each target.
void run(std::string_view input);

// Ends the process, which libFuzzer reports as a finding, unless the property holds.
inline void require(bool holds, const char* property) {
  if (!holds) {
    std::fprintf(stderr, "property violated: %s\n", property);
    std::abort();
  }
}

// Takes an input apart: small numbers first, the rest is text.
class Input {
 public:
  explicit Input(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool empty() const { return bytes_.empty(); }

  // Returns the next byte; 0 after the end.
  std::uint8_t byte() {
    if (bytes_.empty()) {
      return 0;
    }
    const auto out = static_cast<std::uint8_t>(bytes_.front());
    bytes_.remove_prefix(1);
    return out;
  }

  // Returns what precedes the separator and removes both; everything if there is none.
  std::string_view until(char separator) {
    const std::string_view out = bytes_.substr(0, bytes_.find(separator));
    bytes_.remove_prefix(std::min(out.size() + 1, bytes_.size()));
    return out;
  }

  [[nodiscard]] std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};
}  // namespace checklist::fuzz
