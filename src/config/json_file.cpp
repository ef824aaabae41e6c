// SPDX-License-Identifier: MIT
#include "config/json_file.hpp"

#include "config/files.hpp"

namespace checklist::config {
namespace {
constexpr std::size_t most_problems = 32;   // reported of one file
constexpr std::size_t most_members = 1000;  // of an object; each that is unknown gets a suggestion
}  // namespace

JsonFile::JsonFile(std::string path, std::vector<Problem>& problems)
    : path_(std::move(path)), problems_(problems) {
  auto content = read_file(path_, problems_);
  if (!content) {
    return;
  }
  text_ = std::move(*content);
  json_ = parse_json(text_, most_members);
  for (const JsonError& error : json_.errors) {
    add(error.offset, error.pointer, error.message);
  }
  if (json_.value && object() == nullptr) {
    refuse("", "expected an object in braces, found " + describe(*json_.value));
  }
}

const Dict* JsonFile::object() const {
  return json_.value ? json_.value->get<Dict>() : nullptr;
}

void JsonFile::refuse(const std::string& pointer, std::string message) {
  add(offset_of(pointer), pointer, std::move(message));
}

void JsonFile::refuse(const ConfigErrors& errors) {
  for (const ConfigError& error : errors) {
    refuse(error.pointer, "expected " + error.expected + ", found " + error.found);
  }
}

// A missing member has the place of its nearest object that exists.
std::size_t JsonFile::offset_of(std::string_view pointer) const {
  for (;;) {
    if (const auto at = json_.offsets.find(pointer); at != json_.offsets.end()) {
      return at->second;
    }
    if (pointer.empty()) {
      return 0;
    }
    pointer = pointer.substr(0, pointer.rfind('/'));
  }
}

void JsonFile::add(std::size_t offset, const std::string& pointer, std::string message) {
  if (count_ > most_problems) {
    return;
  }
  const Place place = place_of(text_, offset);
  const bool last = count_++ == most_problems;
  problems_.push_back({path_, place.line, place.column, last ? "" : pointer,
                       last ? "too many errors, the rest is not shown" : std::move(message)});
}
}  // namespace checklist::config
