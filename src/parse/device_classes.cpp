// SPDX-License-Identifier: MIT
#include "parse/device_classes.hpp"

#include <algorithm>
#include <charconv>

namespace checklist::parse {
std::vector<DeviceClass> device_classes(std::string_view text) {
  std::vector<DeviceClass> out;
  bool block = false;
  while (!text.empty()) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with(':')) {
      block = line.starts_with("Block");
      continue;
    }
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    DeviceClass each;
    each.block = block;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), each.major);
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    each.name = line;
    if (error == std::errc{} && !line.empty()) {
      out.push_back(std::move(each));
    }
  }
  return out;
}
}  // namespace checklist::parse
