// SPDX-License-Identifier: MIT
#include "files_helper/unit_entries.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "config/files.hpp"
#include "files_helper/trust.hpp"
#include "parse/unit_file.hpp"

namespace checklist::files {
std::vector<UnitFileEntry> service_entries(const std::string& path) {
  std::error_code none;
  if (!std::filesystem::is_regular_file(path, none) || !is_roots(path)) {
    return {};
  }
  std::vector<config::Problem> unreadable;
  const auto text = config::read_file(path, unreadable);
  auto out = parse::unit_file(text.value_or("")).directives;
  std::erase_if(out, [](const UnitFileEntry& each) { return each.section != "Service"; });
  return out;
}
}  // namespace checklist::files
