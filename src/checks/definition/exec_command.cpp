// SPDX-License-Identifier: MIT
#include "checks/definition/exec_command.hpp"

#include <algorithm>
#include <set>

namespace checklist::checks {
namespace {
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

// The same with a list of flags in the third place. "!!" counts as no prefix: every supported
// kernel has ambient capabilities.
std::optional<StartCommand> start_command_in(const Value& value) {
  const auto* row = value.get<Values>();
  const auto* path = row != nullptr && row->size() > 2 ? (*row)[0].get<std::string>() : nullptr;
  const auto* list = path != nullptr ? (*row)[2].get<Values>() : nullptr;
  if (list == nullptr) {
    return std::nullopt;
  }
  const auto flags = texts(*list);
  const auto has = [&flags](const char* flag) {
    return std::ranges::find(flags, flag) != flags.end();
  };
  if (has("ignore-failure")) {
    return std::nullopt;
  }
  return StartCommand{*path, has("privileged")  ? Privileges::unlimited
                             : has("no-setuid") ? Privileges::root
                                                : Privileges::user};
}
}  // namespace

std::vector<ExecCommand> exec_commands(View& see, const std::string& name) {
  std::vector<ExecCommand> out;
  for (const Value& each : see.property<Values>(name).value_or(Values{})) {
    if (auto command = command_in(each)) {
      out.push_back(std::move(*command));
    }
  }
  return out;
}

std::vector<StartCommand> start_commands(FactReader& look) {
  std::set<StartCommand> out;
  View& see = look.view();
  const bool is_start_only = see.property<bool>("PermissionsStartOnly").value_or(false);
  for (const std::string name :
       {"ExecConditionEx", "ExecStartPreEx", "ExecStartEx", "ExecStartPostEx"}) {
    const Value* value = look.at(PropertyKey{look.view().unit(), name});
    const auto* list = value != nullptr ? value->get<Values>() : nullptr;
    for (const Value& each : list != nullptr ? *list : Values{}) {
      if (auto command = start_command_in(each)) {
        command->with =
            is_start_only && name != "ExecStartEx" ? Privileges::unlimited : command->with;
        out.insert(std::move(*command));
      }
    }
  }
  return {out.begin(), out.end()};
}

Privileges least_privileges(const std::vector<StartCommand>& commands) {
  const auto least = std::ranges::min_element(commands, {}, &StartCommand::with);
  return least == commands.end() ? Privileges::user : least->with;
}
}  // namespace checklist::checks
