// SPDX-License-Identifier: MIT
#include "checks/definition/exec_command.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "checks/view/file_behind.hpp"

namespace checklist::checks {
namespace {
constexpr std::uint32_t executable = 0111;
constexpr auto expected = "executable program";

// (path, argv, may fail, start, start monotonic, exit, exit monotonic, pid, code, status)
std::optional<ExecCommand> command_in(const Value& value) {
  const auto* row = value.get<Values>();
  if (row == nullptr || row->size() < 8) {
    return std::nullopt;
  }
  const auto* path = (*row)[0].get<std::string>();
  const auto* may_fail = (*row)[2].get<bool>();
  const auto* pid = (*row)[7].get<std::uint64_t>();
  if (path == nullptr || may_fail == nullptr || pid == nullptr) {
    return std::nullopt;
  }
  return ExecCommand{.path = *path, .may_fail = *may_fail, .pid = *pid};
}

bool is_given(View& see, const std::string& name) {
  return !see.text(name).empty() || !see.property<Values>(name).value_or(Values{}).empty();
}

std::optional<Finding> unusable(View& see, const std::string& path) {
  const auto file = file_behind(see, path);
  if (!file) {
    return unknown(path, expected, file.unseen());
  }
  if (is_missing(*file)) {
    return fail({.subject = path,
                 .reason = "program_missing",
                 .expected = expected,
                 .observed = "missing",
                 .hint = "install " + path + ", or correct the command in the unit file"});
  }
  if (file->type != "regular" || (file->mode & executable) == 0) {
    return fail({.subject = path,
                 .reason = "program_not_executable",
                 .expected = expected,
                 .observed = "not executable",
                 .hint = "run `chmod +x " + path + "`"});
  }
  return std::nullopt;
}
}  // namespace

bool sees_other_files(View& see) {
  constexpr std::array settings{"RootDirectory",       "RootImage",   "BindPaths",
                                "BindReadOnlyPaths",   "MountImages", "ExtensionImages",
                                "ExtensionDirectories"};
  bool out = false;
  for (const char* name : settings) {
    out |= is_given(see, name);  // no short circuit: subscribes to all
  }
  return out;
}

std::vector<ExecCommand> exec_commands(View& see, const std::string& name) {
  std::vector<ExecCommand> out;
  for (const Value& each : see.property<Values>(name).value_or(Values{})) {
    if (auto command = command_in(each)) {
      out.push_back(std::move(*command));
    }
  }
  return out;
}

Findings unusable_programs(View& see) {
  std::set<std::string> paths;
  for (const char* name : {"ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost"}) {
    for (const ExecCommand& command : exec_commands(see, name)) {
      if (!command.may_fail && command.path.starts_with('/')) {
        paths.insert(command.path);
      }
    }
  }
  Findings out;
  if (sees_other_files(see)) {
    return out;
  }
  for (const std::string& path : paths) {
    if (auto finding = unusable(see, path)) {
      out.push_back(std::move(*finding));
    }
  }
  return out;
}
}  // namespace checklist::checks
