// SPDX-License-Identifier: MIT
#include "semantics/text/config_place.hpp"

#include <algorithm>
#include <string_view>

#include "semantics/text/fields.hpp"

namespace checklist::semantics {
namespace {
constexpr std::string_view digits = "0123456789";
constexpr std::string_view of_paths =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-@+";

// Returns the digits at the beginning.
std::string number_in(std::string_view word) {
  return std::string(word.substr(0, word.find_first_not_of(digits)));
}

bool is_warning(const std::string& line) {
  std::string lower = line;
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower.find("warn") != std::string::npos;
}

// Reads a line word by word. `place` is what is found in it.
class LineReader {
 public:
  // Returns whether a file and a line were named together.
  bool read(std::string_view line) {
    for (const std::string_view word : pieces(line, " \t[](){}<>'\"`,;=")) {
      if (word.starts_with('/') && read_path(word)) {
        return true;
      }
      if (is_after_line_) {
        place.line = number_in(word);
      }
      is_after_line_ = word == "line" || word == "Line" || word == "line:";
    }
    return !place.file.empty() && !place.line.empty();
  }

  ConfigPlace place;

 private:
  // Returns whether a line follows the path.
  bool read_path(std::string_view word) {
    const auto end = std::min(word.find_first_not_of(of_paths), word.size());
    const std::string_view path = word.substr(0, end);
    const std::string line = number_in(word.substr(std::min(end + 1, word.size())));
    const bool is_place = end < word.size() && word[end] == ':' && !line.empty();
    if (is_place || place.file.empty()) {
      place.file = path.substr(0, path.find_last_not_of('.') + 1);
    }
    place.line = is_place ? line : place.line;
    return is_place;
  }

  bool is_after_line_ = false;
};
}  // namespace

ConfigPlace config_place(const std::vector<std::string>& output) {
  ConfigPlace apart;
  for (const std::string& line : output) {
    LineReader reader;
    if (is_warning(line)) {
      continue;
    }
    if (reader.read(line)) {
      return reader.place;
    }
    apart.file = apart.file.empty() ? reader.place.file : apart.file;
    apart.line = apart.line.empty() ? reader.place.line : apart.line;
  }
  return apart;
}

std::string text(const ConfigPlace& place) {
  const std::string line = place.line.empty() ? "" : "line " + place.line;
  return place.file + (place.file.empty() || line.empty() ? "" : " ") + line;
}
}  // namespace checklist::semantics
