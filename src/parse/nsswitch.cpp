// SPDX-License-Identifier: MIT
#include "parse/nsswitch.hpp"

#include <algorithm>
#include <sstream>

namespace checklist::parse {
namespace {
// Skips actions in brackets, such as [NOTFOUND=return].
std::set<std::string> sources(const std::string& text) {
  std::set<std::string> out;
  bool is_action = false;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    is_action |= word.front() == '[';
    if (!is_action) {
      out.insert(word);
    }
    is_action &= word.back() != ']';
  }
  return out;
}
}  // namespace

std::set<std::string> name_sources(std::string_view nsswitch, std::string_view database) {
  std::istringstream lines{std::string(nsswitch)};
  for (std::string line; std::getline(lines, line);) {
    line.resize(std::min(line.find('#'), line.size()));
    const auto colon = line.find(':');
    std::istringstream name(line.substr(0, colon));
    std::string word;
    if (colon != std::string::npos && name >> word && word == database) {
      return sources(line.substr(colon + 1));
    }
  }
  return {"files"};
}
}  // namespace checklist::parse
