// SPDX-License-Identifier: MIT
// JSON text to values and back, with the place of every member, of a syntax error, and of duplicate
// keys, which a plain parser drops silently.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checklist/value.hpp"

#include "config/json_text.hpp"

namespace checklist::config {
struct Json {
  std::optional<Value> value;  // nothing when the text is no JSON
  std::map<std::string, std::size_t, std::less<>>
      offsets;  // by JSON pointer: where a member's key or a list's element begins
  std::vector<JsonMistake> mistakes;
};

// At most 32 levels deep.
Json parse_json(const std::string& text);
std::string print_json(const Value& value);
}  // namespace checklist::config
