// SPDX-License-Identifier: MIT
#include "config/json_text.hpp"

#include <algorithm>

#include "semantics/text/utf8.hpp"

namespace checklist::config {
namespace {
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view digits = "0123456789";
constexpr std::string_view a_value =
    "a value (a string, a number, true, false, a list or an object)";
constexpr std::size_t longest_quote = 40;

constexpr bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '.' || c == '-' || c == '+';
}

// Returns the end of the number that begins at `at` (RFC 8259, section 6); "01" is two numbers.
std::size_t number_end(std::string_view text, std::size_t at) {
  const auto take_one = [&](std::string_view of) {
    const bool there = at < text.size() && of.find(text[at]) != std::string_view::npos;
    at += there ? 1U : 0U;
    return there;
  };
  const auto take_digits = [&] { at = std::min(text.find_first_not_of(digits, at), text.size()); };
  take_one("-");
  if (!take_one("0")) {
    take_digits();
  }
  if (take_one(".")) {
    take_digits();
  }
  if (take_one("eE")) {
    take_one("+-");
    take_digits();
  }
  return at;
}

// Returns a name for the token at the front of `rest`, as error messages show it.
std::string found(std::string_view rest) {
  if (rest.empty()) {
    return "the end of the file";
  }
  if (rest.front() == '/' || rest.front() == '#') {
    return "'" + std::string(1, rest.front()) + "' (JSON has no comments)";
  }
  if (rest.front() == '\'') {
    return "a single quote";
  }
  if (rest.front() == '"') {
    return "a string";
  }
  const auto* const end = std::ranges::find_if_not(rest, is_word);
  const auto word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  return "'" +
         std::string(word.empty() ? rest.substr(0, std::max<std::size_t>(
                                                       semantics::character_length(rest), 1))
                                  : word.substr(0, longest_quote)) +
         "'";
}
}  // namespace

Place place_of(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, offset);
  const auto newline = before.rfind('\n');
  const auto line = before.substr(newline == std::string_view::npos ? 0 : newline + 1);
  const auto characters = std::ranges::count_if(line, [](char c) { return !continues(c); });
  return {.line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1,
          .column = static_cast<std::size_t>(characters) + 1};
}

std::optional<JsonError> encoding_error(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    return JsonError{0, "", "expected UTF-8 without a byte order mark, found one"};
  }
  for (std::size_t at = 0; at < text.size();) {
    const auto length = semantics::character_length(text.substr(at));
    if (length == 0 || text[at] == '\0') {
      return JsonError{at, "",
                       std::string("expected UTF-8 text, found ") +
                           (length == 0 ? "an invalid byte" : "a NUL byte")};
    }
    at += length;
  }
  return std::nullopt;
}

Tokens::Ahead Tokens::ahead() const {
  const auto past_blanks = [&](std::size_t at) {
    return std::min(text_.find_first_not_of(blanks, at), text_.size());
  };
  const auto begin = past_blanks(end_);
  const char separator = last_ == Last::key ? ':' : last_ == Last::value ? ',' : '\0';
  const bool separated = begin < text_.size() && separator != '\0' && text_[begin] == separator;
  return {.begin = separated ? past_blanks(begin + 1) : begin, .separated = separated};
}

void Tokens::take(Last kind, std::size_t end) {
  last_ = kind;
  end_ = end;
}

void Tokens::take_number() {
  take(Last::value, number_end(text_, next()));
}

std::string Tokens::expected(Inside inside) const {
  const bool separated = ahead().separated;
  if (last_ == Last::key) {
    return separated ? std::string(a_value) : "':' after the key";
  }
  if (inside == Inside::nothing) {
    return last_ == Last::nothing ? "an object in braces" : "the end of the file";
  }
  const bool in_object = inside == Inside::object;
  const std::string element = in_object ? "a key in double quotes" : std::string(a_value);
  const std::string end = in_object ? "'}'" : "']'";
  if (last_ == Last::value) {
    return separated ? element + " after the comma" : "',' or " + end;
  }
  return element + " or " + end;
}

// Must be called only if the parser stopped within a string that began correctly.
std::string Tokens::string_error(std::size_t read) const {
  if (read > text_.size()) {
    return "expected a closing double quote, found the end of the file";
  }
  const char stopped_at = text_[read - 1];
  if (stopped_at == '\n' || stopped_at == '\r') {
    return "expected a closing double quote, found the end of the line";
  }
  return static_cast<unsigned char>(stopped_at) < ' '
             ? "expected an escape such as \\t, found a control character in a string"
             : "expected one of JSON's escapes (\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX) in a "
               "string, found another";
}

JsonError Tokens::error(Inside inside, std::size_t read, Within within) const {
  const auto begin = next();
  if (within == Within::string) {
    return {begin, "", string_error(read)};
  }
  return {begin, "", "expected " + expected(inside) + ", found " + found(text_.substr(begin))};
}
}  // namespace checklist::config
