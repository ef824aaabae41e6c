// SPDX-License-Identifier: MIT
#include "checks/paths/named_files.hpp"

#include <algorithm>
#include <array>

#include "semantics/files/file_rules.hpp"

namespace checklist::checks {
namespace {
// Returns whether files there come and go with the service.
bool is_volatile(const std::string& path) {
  constexpr std::array directories{"/run/", "/var/run/", "/tmp/", "/var/tmp/",
                                   "/dev/", "/proc/",    "/sys/", "/var/log/"};
  return std::ranges::any_of(directories,
                             [&path](const char* each) { return path.starts_with(each); });
}

// Returns the path in an argument such as "/x" or "--option=/x"; empty if there is none.
std::string path_in(const std::string& argument) {
  const auto slash = argument.find('/');
  const bool is_path = slash == 0 || (slash != std::string::npos && argument[slash - 1] == '=');
  const std::string path = is_path ? argument.substr(slash) : "";
  return semantics::is_plain_path(path) && !semantics::is_glob(path) && !is_volatile(path) ? path
                                                                                           : "";
}

// Adds the files among the arguments of the main commands: configuration, models, scripts.
void add_arguments(std::vector<std::string>& out, View& see) {
  for (const Value& command : see.property<Values>("ExecStart").value_or(Values{})) {
    const auto* row = command.get<Values>();
    const auto* given = row != nullptr && row->size() > 1 ? (*row)[1].get<Values>() : nullptr;
    const auto arguments = given != nullptr ? texts(*given) : std::vector<std::string>{};
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      const std::string path = path_in(arguments[i]);
      const auto file = path.empty() ? Observed<FileStatus>() : see[FileKey{path}];
      if (file && (file->type == "regular" || file->type == "symlink")) {
        out.push_back(path);
      }
    }
  }
}
}  // namespace

std::vector<std::string> named_files(View& see) {
  std::vector<std::string> out;
  const auto add = [&out](const Values* pair, std::size_t index) {
    const auto* path =
        pair != nullptr && pair->size() > index ? (*pair)[index].get<std::string>() : nullptr;
    if (path != nullptr && semantics::is_plain_path(*path) && !semantics::is_glob(*path)) {
      out.push_back(*path);
    }
  };
  for (const auto& [property, index] :
       {std::pair("EnvironmentFiles", 0U), std::pair("LoadCredential", 1U)}) {
    const auto& seen = see.observed(property);
    const auto* list = seen ? seen->get<Values>() : nullptr;
    for (const Value& each : list != nullptr ? *list : Values{}) {
      add(each.get<Values>(), index);
    }
  }
  add_arguments(out, see);
  return out;
}
}  // namespace checklist::checks
