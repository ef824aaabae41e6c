// SPDX-License-Identifier: MIT
#include "semantics/unit/unit_files.hpp"

namespace checklist::semantics {
bool is_generated(std::string_view path) {
  return path.starts_with("/run/") && path.find("/systemd/generator") != std::string_view::npos;
}

bool is_transient(std::string_view path) {
  return path.starts_with("/run/") && path.find("/systemd/transient/") != std::string_view::npos;
}

bool outlasts_reboot(std::string_view path) {
  return !path.starts_with("/run/") || is_generated(path);
}

std::string template_of(const std::string& unit) {
  const auto at = unit.find('@');
  const auto dot = unit.rfind('.');
  const bool is_instance = at != std::string::npos && dot != std::string::npos && at + 1 < dot;
  return is_instance ? unit.substr(0, at + 1) + unit.substr(dot) : "";
}

std::vector<std::string> directory_stems(const std::string& unit) {
  std::vector<std::string> stems{unit};
  const auto dot = unit.rfind('.');
  if (dot == std::string::npos) {
    return stems;
  }
  const std::string suffix = unit.substr(dot);
  std::string prefix = unit.substr(0, dot);
  if (const auto at = prefix.find('@'); at != std::string::npos && at + 1 < prefix.size()) {
    prefix.resize(at + 1);
    stems.push_back(prefix + suffix);
  }
  prefix.resize(prefix.find('@') == std::string::npos ? prefix.size() : prefix.size() - 1);
  for (auto dash = prefix.rfind('-'); dash != std::string::npos && dash != 0;
       dash = prefix.rfind('-', dash - 1)) {
    stems.push_back(prefix.substr(0, dash + 1) + suffix);
  }
  stems.push_back(suffix.substr(1));
  return stems;
}
}  // namespace checklist::semantics
