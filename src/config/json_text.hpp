// SPDX-License-Identifier: MIT
// JSON as text: where in it a reader stands, and what may stand there, in words for a person.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace checklist::config {
// Line and column, from 1; a column is a character, not a byte.
struct Place {
  std::size_t line = 0;
  std::size_t column = 0;
  bool operator==(const Place&) const = default;
};

Place place_of(std::string_view text, std::size_t offset);

// The length of the UTF-8 character at the front; 0 if there is none.
std::size_t character_length(std::string_view text);

struct JsonMistake {
  std::size_t offset = 0;
  std::string pointer;
  std::string message;
};

// What no JSON text holds: a byte order mark, a NUL byte, bytes that are not UTF-8.
std::optional<JsonMistake> encoding_mistake(std::string_view text);

// Follows a reader token by token, because nlohmann's events do not tell where they happen.
class Tokens {
 public:
  enum class Last { nothing, opening, key, value };
  enum class Inside { nothing, object, list };
  enum class Within { no_token, string };

  // Borrows the text.
  explicit Tokens(std::string_view text) : text_(text) {}

  // Where the next token begins: past blanks and the one separator that may stand here.
  [[nodiscard]] std::size_t next() const { return ahead().begin; }

  // A token was read, up to this offset.
  void take(Last kind, std::size_t end);
  // A number, of which the reader may have read one character too many.
  void take_number();

  // What is wrong with the next token, or within it, where the reader stopped after `read` bytes.
  [[nodiscard]] JsonMistake mistake(Inside inside, std::size_t read, Within within) const;

 private:
  struct Ahead {
    std::size_t begin = 0;
    bool separated = false;
  };

  [[nodiscard]] Ahead ahead() const;
  [[nodiscard]] std::string expected(Inside inside) const;
  [[nodiscard]] std::string string_mistake(std::size_t read) const;

  std::string_view text_;
  Last last_ = Last::nothing;
  std::size_t end_ = 0;
};
}  // namespace checklist::config
