// SPDX-License-Identifier: MIT
// The names in a table of checks.
#pragma once
#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

namespace checklist::ctl {
template <class Table>
std::vector<std::string> names_in(const Table& checks) {
  std::vector<std::string> out;
  std::ranges::transform(checks, std::back_inserter(out),
                         [](const auto& each) { return std::string(each.name); });
  return out;
}
}  // namespace checklist::ctl
