// SPDX-License-Identifier: MIT
#include "checks/directives/name_set.hpp"

#include <algorithm>

#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
bool is_name(std::string_view word) {
  return !word.empty() && word.find('~') == std::string_view::npos;
}

void assign(const std::vector<std::string_view>& given, bool is_negated, NameSet& out) {
  for (const auto word : given) {
    if (is_negated == out.all_but) {
      out.names.emplace(word);
    } else {
      out.names.erase(std::string(word));
    }
  }
}
}  // namespace

std::optional<NameSet> name_set(const std::vector<std::string>& assignments) {
  std::optional<NameSet> out;
  for (const std::string& assignment : assignments) {
    auto given = semantics::words(assignment);
    if (given.empty()) {
      out.reset();
      continue;
    }
    const bool is_negated = given.front().starts_with('~');
    given.front().remove_prefix(is_negated ? 1 : 0);
    if (given.front().empty() && given.size() > 1) {
      given.erase(given.begin());  // "~ CAP_KILL"
    }
    if (!std::ranges::all_of(given, is_name)) {
      return std::nullopt;
    }
    if (!out) {
      out = NameSet{.all_but = is_negated};
    }
    assign(given, is_negated, *out);
  }
  return out.value_or(NameSet{});
}

NameSet bits_named(std::uint64_t bits, std::span<const std::string_view> names) {
  NameSet out;
  for (std::size_t bit = 0; bit < names.size(); ++bit) {
    if (!names[bit].empty() && ((bits >> bit) & 1U) != 0) {
      out.names.emplace(names[bit]);
    }
  }
  return out;
}

bool is_within(const NameSet& has, const NameSet& wanted) {
  if (!wanted.all_but) {
    return !has.all_but && std::ranges::includes(wanted.names, has.names);
  }
  if (has.all_but) {
    return std::ranges::includes(has.names, wanted.names);
  }
  return std::ranges::none_of(has.names,
                              [&wanted](const auto& name) { return wanted.names.contains(name); });
}

std::string excess(const NameSet& has, const NameSet& wanted) {
  constexpr std::size_t most = 4;
  if (has.all_but && !wanted.all_but) {
    return has.names.empty() ? "everything" : "everything but a list of names";
  }
  NameSet beyond;
  for (const std::string& name : has.all_but ? wanted.names : has.names) {
    const bool is_beyond =
        has.all_but ? !has.names.contains(name) : wanted.names.contains(name) == wanted.all_but;
    if (is_beyond && beyond.names.size() == most) {
      return print(beyond) + " and others";
    }
    if (is_beyond) {
      beyond.names.insert(name);
    }
  }
  return beyond.names.empty() ? "nothing" : print(beyond);
}

std::string print(const NameSet& set) {
  std::string out = set.all_but ? "~" : "";
  for (const std::string& name : set.names) {
    out += (out.empty() || out == "~" ? "" : " ") + name;
  }
  return out;
}
}  // namespace checklist::checks
