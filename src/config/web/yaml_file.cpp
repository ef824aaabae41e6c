// SPDX-License-Identifier: MIT
#include "config/web/yaml_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "config/files.hpp"

namespace checklist::config {
namespace {
// Whether it is written without quotes, so that it may be a number or a boolean.
bool is_plain(const YAML::Node& value) {
  return value.IsScalar() && value.Tag() != "!";
}

std::string kind_of(const YAML::Node& value) {
  return value.IsMap() ? "a map" : value.IsSequence() ? "a list" : "a single value";
}

// yaml.v2 takes further digits: `0x10`, `0o20`, `1_000`.
std::optional<std::int64_t> parse_integer(std::string digits) {
  std::erase(digits, '_');
  const bool is_negative = digits.starts_with('-');
  std::string_view rest = digits;
  rest.remove_prefix(is_negative || digits.starts_with('+') ? 1 : 0);
  int base = 10;
  for (const auto& [prefix, its_base] : {std::pair("0x", 16), {"0o", 8}, {"0b", 2}}) {
    if (rest.starts_with(prefix)) {
      base = its_base;
      rest.remove_prefix(2);
    }
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number, base);
  if (error != std::errc{} || end != rest.data() + rest.size() || rest.starts_with('-')) {
    return std::nullopt;
  }
  return is_negative ? -number : number;
}

std::string names_of(const YamlFile::Keys& keys) {
  std::string out;
  for (const auto& [name, take] : keys) {
    out += (out.empty() ? "" : ", ") + std::string(name);
  }
  return out;
}
}  // namespace

YamlFile::YamlFile(std::string path, std::vector<Problem>& problems)
    : path_(std::move(path)), problems_(problems) {
  const auto text = read_file(path_, problems_);
  try {
    if (text) {
      root_.reset(YAML::Load(*text));
    }
  } catch (const YAML::Exception& error) {
    refuse(error.mark, "", "is not valid YAML: " + error.msg);
  }
}

void YamlFile::refuse(const YAML::Mark& mark, const std::string& pointer, std::string message) {
  const auto number = [](int from_0) { return static_cast<std::size_t>(std::max(from_0, 0)) + 1; };
  problems_.push_back({path_, number(mark.line), number(mark.column), pointer, std::move(message)});
}

void YamlFile::refuse(const Place& place, std::string message) {
  // A value that is left out has no place of its own.
  refuse(place.value.IsNull() ? place.key : place.value.Mark(), place.pointer, std::move(message));
}

void YamlFile::read_any_map(const Place& map,
                            const std::function<void(const std::string& key, const Place&)>& take) {
  if (!map.value.IsDefined() || map.value.IsNull()) {
    return;
  }
  if (!map.value.IsMap()) {
    refuse(map, "expected a map, found " + kind_of(map.value));
    return;
  }
  std::set<std::string> seen;
  for (const auto& entry : map.value) {
    const YAML::Node& key = entry.first;
    if (!key.IsScalar()) {
      refuse(key.Mark(), map.pointer, "expected a name as key, found " + kind_of(key));
      continue;
    }
    const std::string& name = key.Scalar();
    const std::string pointer = map.pointer + "/" + name;
    if (name == "<<" && is_plain(key)) {
      refuse(key.Mark(), pointer, "merged maps (<<) are not supported: write the keys out");
    } else if (!seen.insert(name).second) {
      refuse(key.Mark(), pointer, "expected each key once, found it twice");
    } else {
      take(name, Place{entry.second, pointer, key.Mark()});
    }
  }
}

void YamlFile::read_map(const Place& map, const Keys& keys) {
  read_any_map(map, [&](const std::string& name, const Place& place) {
    const auto at = std::find_if(keys.begin(), keys.end(),
                                 [&](const auto& known) { return known.first == name; });
    if (at == keys.end()) {
      refuse(place.key, place.pointer, "unknown key; known are " + names_of(keys));
    } else if (!place.value.IsNull()) {
      at->second(place);
    }
  });
}

std::optional<std::string> YamlFile::text(const Place& place) {
  if (place.value.IsNull()) {
    return "";
  }
  if (!place.value.IsScalar()) {
    refuse(place, "expected text, found " + kind_of(place.value));
    return std::nullopt;
  }
  return place.value.Scalar();
}

std::optional<bool> YamlFile::boolean(const Place& place) {
  constexpr std::array yes{"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"};
  constexpr std::array no{"n",     "N",     "no",  "No",  "NO", "false",
                          "False", "FALSE", "off", "Off", "OFF"};
  if (is_plain(place.value)) {
    const std::string& word = place.value.Scalar();
    if (std::find(yes.begin(), yes.end(), word) != yes.end()) {
      return true;
    }
    if (std::find(no.begin(), no.end(), word) != no.end()) {
      return false;
    }
  }
  refuse(place, "expected true or false");
  return std::nullopt;
}

std::optional<std::int64_t> YamlFile::integer(const Place& place) {
  const auto number = is_plain(place.value) ? parse_integer(place.value.Scalar()) : std::nullopt;
  if (!number) {
    refuse(place, "expected a whole number");
  }
  return number;
}

std::optional<std::vector<YamlFile::Place>> YamlFile::list(const Place& place) {
  if (!place.value.IsSequence()) {
    refuse(place, "expected a list, found " + kind_of(place.value));
    return std::nullopt;
  }
  std::vector<Place> out;
  for (const auto& each : place.value) {
    out.push_back({each, place.pointer + "/" + std::to_string(out.size()), each.Mark()});
  }
  return out;
}
}  // namespace checklist::config
