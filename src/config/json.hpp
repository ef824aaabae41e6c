// SPDX-License-Identifier: MIT
// JSON text to values and back. Keeps the offset of every member, and reports syntax errors and
// duplicate keys, which nlohmann's parser accepts.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checklist/value.hpp"

#include "config/json_text.hpp"

namespace checklist::config {
struct Json {
  std::optional<Value> value;  // nothing if the text is not JSON
  std::map<std::string, std::size_t, std::less<>>
      offsets;  // of a member's key or a list's element, by JSON pointer of at most 1 KiB
  std::vector<JsonError> errors;
};

// Parses at most 32 levels of nesting, and that many members of an object. The result holds every
// error and does not throw.
Json parse_json(const std::string& text, std::size_t most_members = SIZE_MAX);
// Returns the value as JSON, indented by two spaces.
std::string print_json(const Value& value);
}  // namespace checklist::config
