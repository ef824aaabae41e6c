// SPDX-License-Identifier: MIT
// Errors in a configuration, each with its place, and how an error message spells values and
// suggests names.
#pragma once
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "checklist/value.hpp"

namespace checklist {
// An error in a configuration: its place (a JSON pointer), what was expected and what was found.
struct ConfigError {
  std::string pointer;
  std::string expected;
  std::string found;
  bool operator==(const ConfigError&) const = default;
};

using ConfigErrors = std::vector<ConfigError>;

// Returns the Levenshtein distance of two words.
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row.back();
}

// Returns the closest known word, as "perhaps 'x'", or all known words if none is close. A word of
// more than 64 bytes is close to none.
inline std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
  constexpr std::size_t longest = 64;
  const auto near =
      word.size() > longest
          ? known.end()
          : std::ranges::min_element(known, {}, [&](auto k) { return edit_distance(k, word); });
  if (near != known.end() &&
      edit_distance(*near, word) <= std::max<std::size_t>(2, word.size() / 3)) {
    return "perhaps '" + std::string(*near) + "'";
  }
  std::string all = known.empty() ? "no keys" : "one of";
  for (auto k : known) {
    all += std::string(k == known.front() ? " " : ", ") + std::string(k);
  }
  return all;
}

// Returns a value as error messages show it.
inline std::string describe(const Value& value) {
  struct Describe {
    std::string operator()(std::monostate /*null*/) const { return "null"; }

    std::string operator()(bool b) const { return b ? "true" : "false"; }

    std::string operator()(std::int64_t n) const { return std::to_string(n); }

    std::string operator()(std::uint64_t n) const { return std::to_string(n); }

    std::string operator()(double d) const { return std::to_string(d); }

    std::string operator()(const std::string& s) const { return "'" + s.substr(0, 60) + "'"; }

    std::string operator()(const Values& /*list*/) const { return "a list"; }

    std::string operator()(const Dict& /*dict*/) const { return "an object"; }
  };

  return std::visit(Describe{}, value.as);
}

// Returns a key as a token of a JSON pointer, with `/` and `~` escaped (RFC 6901).
inline std::string pointer_token(std::string_view key) {
  std::string out;
  for (const char c : key) {
    out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return out;
}
}  // namespace checklist
