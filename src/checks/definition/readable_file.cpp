// SPDX-License-Identifier: MIT
#include "checks/definition/readable_file.hpp"

#include "semantics/files/file_rules.hpp"

namespace checklist::checks {
namespace {
// The rule is in a spec, not in the unit file that other hints name.
std::optional<Obstacle> in_words(std::optional<Obstacle> obstacle) {
  if (obstacle && obstacle->reason != "hidden") {
    obstacle->hint = obstacle->hint.substr(0, obstacle->hint.find(", or correct"));
  }
  return obstacle;
}

std::optional<Obstacle> obstacle_to(const std::string& path, FactReader& look) {
  const std::string& unit = look.view().unit();
  StartContext start = start_context(look);
  const auto running = running_credentials(look, unit);
  const auto who = running ? running : next_credentials(look, unit).credentials;
  if (look.gap()) {
    return std::nullopt;
  }
  if (!who) {
    return Obstacle{"no_account",
                    "the user of " + unit + " is in neither /etc/passwd nor /etc/group",
                    "start " + unit + ": the user of a running process is known", true};
  }
  start.user = who;
  const Reached reached = reach({path, "the rule", Privileges::user}, start, look);
  if (look.gap() || reached.obstacle) {
    return in_words(reached.obstacle);
  }
  const PathLookup& found = *reached.found;
  const Permissions& permissions = found.node.permissions;
  const bool is_directory = found.node.type == NodeType::directory;
  const std::uint32_t want = semantics::may_read | (is_directory ? semantics::may_search : 0U);
  if (semantics::grant(permissions, found.node.type, want, *who)) {
    return std::nullopt;
  }
  return Obstacle{"unreadable",
                  start.user_name + " may not read " + found.at + ": its mode is " +
                      semantics::mode_text(permissions.mode),
                  "run " + chmod_command(permissions, *who, is_directory ? "+rx" : "+r", found.at)};
}
}  // namespace

std::optional<Finding> unreadable(const std::string& path, View& see) {
  const auto& unit = see[UnitKey{see.unit()}];
  if (unit && unit->load != LoadState::loaded) {
    return std::nullopt;
  }
  const std::string expected = "readable by " + see.unit();
  FactReader look(see);
  const auto obstacle = obstacle_to(path, look);
  if (look.gap()) {
    return unknown(path, expected, *look.gap());
  }
  return obstacle ? std::optional(start_finding(path, expected, *obstacle)) : std::nullopt;
}
}  // namespace checklist::checks
