// SPDX-License-Identifier: MIT
#include "semantics/unit/unit_words.hpp"

#include <algorithm>

namespace checklist::semantics {
namespace {
constexpr std::string_view separators = " \t\n\r\"'";
constexpr std::string_view any = "*";  // no unit's name has one

std::string_view without_type(std::string_view name) {
  return name.substr(0, name.rfind('.'));
}

// Returns "a" for "a@b.service".
std::string_view prefix(std::string_view name) {
  return without_type(name).substr(0, name.find('@'));
}

std::string_view instance(std::string_view name) {
  const auto stem = without_type(name);
  const auto at = stem.find('@');
  return at == std::string_view::npos ? std::string_view{} : stem.substr(at + 1);
}

std::string_view meaning(char specifier, std::string_view owner) {
  switch (specifier) {
    case 'n':
      return owner;
    case 'N':
      return without_type(owner);
    case 'p':
      return prefix(owner);
    case 'i':
      return instance(owner);
    case 'j':
      return prefix(owner).substr(prefix(owner).rfind('-') + 1);
    case '%':
      return "%";
    default:
      return any;
  }
}

std::string expanded(std::string_view word, std::string_view owner) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] == '%' && i + 1 < word.size()) {
      out += meaning(word[++i], owner);
    } else {
      out += word[i];
    }
  }
  return out;
}

// Returns whether the text matches the pattern, in which `*` is any text.
bool matches(std::string_view pattern, std::string_view text) {
  const auto star = pattern.find(any);
  if (star == std::string_view::npos) {
    return pattern == text;
  }
  if (text.substr(0, star) != pattern.substr(0, star)) {
    return false;
  }
  const auto rest = pattern.substr(star + 1);
  for (std::size_t from = star; from <= text.size(); ++from) {
    if (matches(rest, text.substr(from))) {
      return true;
    }
  }
  return false;
}
}  // namespace

bool names_unit(std::string_view value, std::string_view owner, std::string_view unit) {
  while (!value.empty()) {
    value.remove_prefix(std::min(value.size(), value.find_first_not_of(separators)));
    const auto word = value.substr(0, value.find_first_of(separators));
    value.remove_prefix(word.size());
    if (!word.empty() && matches(expanded(word, owner), unit)) {
      return true;
    }
  }
  return false;
}

bool names_unit(const UnitFile& file, std::string_view key, std::string_view owner,
                std::string_view unit) {
  return std::ranges::any_of(file.directives, [&](const UnitFileEntry& each) {
    return each.section == "Unit" && each.key == key && names_unit(each.value, owner, unit);
  });
}
}  // namespace checklist::semantics
