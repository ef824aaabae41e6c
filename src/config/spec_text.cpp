// SPDX-License-Identifier: MIT
#include "config/spec_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "config/json.hpp"

namespace checklist::config {
namespace {
constexpr std::size_t width = 120;
constexpr std::array<std::string_view, 7> first_keys{"$schema", "unit",     "user",  "group",
                                                     "enabled", "severity", "settle"};

using Member = std::pair<std::string_view, const Value*>;

std::vector<Member> members(const Dict& dict) {
  std::vector<Member> out;
  for (const auto& [key, value] : dict) {
    out.emplace_back(key, &value);
  }
  return out;
}

// Returns the members of a spec in the order of `first_keys`, "checks" last.
std::vector<Member> ordered(const Dict& spec) {
  std::vector<Member> out = members(spec);
  std::ranges::stable_sort(
      out, {}, [](const Member& each) { return std::ranges::find(first_keys, each.first); });
  return out;
}

std::string quoted(std::string_view key) {
  return print_json(Value{std::string(key)});
}

std::string on_one_line(const std::vector<Member>& all) {
  std::string out;
  for (const auto& [key, value] : all) {
    out += (out.empty() ? "" : ", ") + quoted(key) + ": " + json_line(*value);
  }
  return "{" + out + "}";
}

std::string indented(const Value& value, std::size_t depth, std::size_t used);

std::string broken(const std::vector<Member>& all, std::size_t depth) {
  const std::string indent(2 * (depth + 1), ' ');
  std::string out = "{";
  for (const auto& [key, value] : all) {
    const std::string head = indent + quoted(key) + ": ";
    out += (out.size() > 1 ? ",\n" : "\n") + head + indented(*value, depth + 1, head.size());
  }
  return out + "\n" + std::string(2 * depth, ' ') + "}";
}

std::string broken(const Values& list, std::size_t depth) {
  const std::string indent(2 * (depth + 1), ' ');
  std::string out = "[";
  for (const Value& each : list) {
    out += (out.size() > 1 ? ",\n" : "\n") + indent + indented(each, depth + 1, indent.size());
  }
  return out + "\n" + std::string(2 * depth, ' ') + "]";
}

// Returns the value as text that starts in column `used`, broken into lines if it is too long.
std::string indented(const Value& value, std::size_t depth, std::size_t used) {
  std::string line = json_line(value);
  if (used + line.size() < width) {
    return line;
  }
  if (const auto* dict = value.get<Dict>()) {
    return broken(members(*dict), depth);
  }
  const auto* list = value.get<Values>();
  return list != nullptr ? broken(*list, depth) : line;
}
}  // namespace

std::string json_line(const Value& value) {
  if (const auto* dict = value.get<Dict>()) {
    return on_one_line(members(*dict));
  }
  const auto* list = value.get<Values>();
  if (list == nullptr) {
    return print_json(value);
  }
  std::string out;
  for (const Value& each : *list) {
    out += (out.empty() ? "" : ", ") + json_line(each);
  }
  return "[" + out + "]";
}

std::string spec_text(const Dict& spec) {
  std::string out = "{";
  for (const auto& [key, value] : ordered(spec)) {
    const std::string head = "  " + quoted(key) + ": ";
    const auto* checks = key == "checks" ? value->get<Dict>() : nullptr;
    out += (out.size() > 1 ? ",\n" : "\n") + head +
           (checks != nullptr && !checks->empty() ? broken(members(*checks), 1)
                                                  : indented(*value, 1, head.size()));
  }
  return out + "\n}\n";
}
}  // namespace checklist::config
