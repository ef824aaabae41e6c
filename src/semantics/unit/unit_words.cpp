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
  if (pattern == text) {
    return true;
  }
  const auto star = pattern.find(any);
  if (star == std::string_view::npos || text.substr(0, star) != pattern.substr(0, star)) {
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

bool is_separator(char c) {
  return separators.find(c) != std::string_view::npos;
}

// Calls `each` with the words of a value, their specifiers resolved, until it returns true. Returns
// whether it did.
template <class Each>
bool any_word(std::string_view value, std::string_view owner, const Each& each) {
  for (auto at = value.begin(); at != value.end();) {
    const auto from = std::find_if_not(at, value.end(), is_separator);
    at = std::find_if(from, value.end(), is_separator);
    const std::string_view word(from, at);
    const bool is_plain = word.find('%') == std::string_view::npos;
    if (!word.empty() && (is_plain ? each(word) : each(expanded(word, owner)))) {
      return true;
    }
  }
  return false;
}

bool is_of(const UnitFileEntry& entry, std::string_view key) {
  return entry.section == "Unit" && entry.key == key;
}
}  // namespace

bool names_unit(std::string_view value, std::string_view owner, std::string_view unit) {
  return any_word(value, owner, [unit](std::string_view word) { return matches(word, unit); });
}

bool names_unit(const UnitFile& file, std::string_view key, std::string_view owner,
                std::string_view unit) {
  return std::ranges::any_of(file.directives, [&](const UnitFileEntry& each) {
    return is_of(each, key) && names_unit(each.value, owner, unit);
  });
}

void NamedUnits::add(const UnitFile& file, std::string_view key, std::string_view owner) {
  const auto keep = [this](std::string_view word) {
    if (word.find(any) == std::string_view::npos) {
      names_.emplace(word);
    } else {
      patterns_.emplace_back(word);
    }
    return false;
  };
  for (const UnitFileEntry& each : file.directives) {
    if (is_of(each, key)) {
      (void)any_word(each.value, owner, keep);
    }
  }
}

bool NamedUnits::contains(std::string_view unit) const {
  return names_.contains(unit) || std::ranges::any_of(patterns_, [unit](const std::string& each) {
           return matches(each, unit);
         });
}
}  // namespace checklist::semantics
