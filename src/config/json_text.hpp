// SPDX-License-Identifier: MIT
// Positions in JSON text, and error messages that say what was expected and found there.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace checklist::config {
// A line and a column, both 1-based; columns count characters, not bytes.
struct Place {
  std::size_t line = 0;
  std::size_t column = 0;
  bool operator==(const Place&) const = default;
};

// Returns the place of a byte offset.
Place place_of(std::string_view text, std::size_t offset);

// A syntax error: its offset in bytes, and the JSON pointer if it is known.
struct JsonError {
  std::size_t offset = 0;
  std::string pointer;
  std::string message;
};

// Returns the first byte order mark, NUL byte or invalid UTF-8 in the text.
std::optional<JsonError> encoding_error(std::string_view text);

// Follows the parser token by token: nlohmann's events carry no offsets.
class Tokens {
 public:
  enum class Last { nothing, opening, key, value };
  enum class Inside { nothing, object, list };
  enum class Within { no_token, string };

  // Borrows the text.
  explicit Tokens(std::string_view text) : text_(text) {}

  // Returns the offset of the next token: after blanks and at most one separator.
  [[nodiscard]] std::size_t next() const { return ahead().begin; }

  // Must be called after each token except a number, with the offset of its end.
  void take(Last kind, std::size_t end);
  // Must be called after a number: the parser may have read one character past its end.
  void take_number();

  // Returns the error in the next token, if the parser stopped after `read` bytes.
  [[nodiscard]] JsonError error(Inside inside, std::size_t read, Within within) const;

 private:
  struct Ahead {
    std::size_t begin = 0;
    bool separated = false;
  };

  [[nodiscard]] Ahead ahead() const;
  [[nodiscard]] std::string expected(Inside inside) const;
  [[nodiscard]] std::string string_error(std::size_t read) const;

  std::string_view text_;
  Last last_ = Last::nothing;
  std::size_t end_ = 0;
};
}  // namespace checklist::config
