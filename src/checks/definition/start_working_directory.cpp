// SPDX-License-Identifier: MIT
#include "checks/definition/start_working_directory.hpp"

#include <algorithm>

#include "checks/definition/exec_command.hpp"
#include "semantics/files/permissions.hpp"

namespace checklist::checks {
namespace {
constexpr auto setting = "WorkingDirectory=";

bool is_home_of_dynamic_user(FactReader& look) {
  const std::string& unit = look.view().unit();
  const Value* dynamic = look.at(PropertyKey{unit, "DynamicUser"});
  const auto* is_dynamic = dynamic != nullptr ? dynamic->get<bool>() : nullptr;
  return is_dynamic != nullptr && *is_dynamic && look.text(unit, "WorkingDirectory") == "~";
}

std::string home_of(std::uint32_t uid, FactReader& look) {
  const Accounts* accounts = look.at(AccountsKey{});
  for (const auto& [name, user] :
       accounts != nullptr ? accounts->users : std::map<std::string, User>()) {
    if (user.uid == uid) {
      return user.home;
    }
  }
  return {};
}

// "~" is the home of User=; a dynamic user has none, and PID 1 takes its own. Empty if nothing has
// to be entered, or with the prefix "!", which stands for "-" on D-Bus.
std::string wanted_directory(const StartContext& start, FactReader& look) {
  const std::string given = look.text(look.view().unit(), "WorkingDirectory");
  if (given != "~") {
    return given.starts_with('/') ? given : "";
  }
  if (is_home_of_dynamic_user(look)) {
    return home_of(0, look);
  }
  return start.user && start.user->uid != 0 ? home_of(start.user->uid, look) : "";
}

std::optional<Obstacle> on_directory(const std::string& path, const StartContext& start,
                                     FactReader& look) {
  const Privileges with = least_privileges(start_commands(look));
  const Reached reached = reach({path, setting, with}, start, look);
  if (look.gap() || reached.obstacle) {
    return reached.obstacle;
  }
  const Node& node = reached.found->node;
  const auto& who = start.who(with);
  if (node.type != NodeType::directory) {
    return Obstacle{"in_the_way", path + " is not a directory: the next start fails",
                    "make it a directory, or correct WorkingDirectory= in the unit file"};
  }
  if (!semantics::grant(node.permissions, node.type, semantics::may_search, who)) {
    const UnitMount* by = reached.found->by;
    if (by != nullptr && by->kind == MountKind::inaccessible) {
      return Obstacle{"hidden", by->setting + " hides " + path + " from the unit",
                      "correct WorkingDirectory= or " + by->setting};
    }
    return Obstacle{"closed", start.user_name + " may not enter " + path,
                    "run " + chmod_command(node.permissions, who, "+x", path) +
                        ", or correct User= or WorkingDirectory= in the unit file"};
  }
  return std::nullopt;
}

std::string parent(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

// The start gives a directory that it makes to the user, with the mode of the unit file, and makes
// those above it with 0755. It does not change one that exists above it, nor
// ConfigurationDirectory=.
std::optional<Obstacle> on_made_directory(const std::string& path, const StartContext& start,
                                          const std::vector<MadeDirectory>& made,
                                          FactReader& look) {
  const auto own = std::ranges::find_if(
      made, [&path](const MadeDirectory& each) { return each.path == path || each.real == path; });
  const bool is_own = own != made.end();
  const bool is_kept = !is_own || own->directive == "ConfigurationDirectory";
  const auto& who = start.who(least_privileges(start_commands(look)));
  if (is_kept && node_on_host(path, look).type != NodeType::missing) {
    return on_directory(path, start, look);
  }
  const Value* value =
      is_own ? look.at(PropertyKey{look.view().unit(), own->directive + "Mode"}) : nullptr;
  const auto* mode = value != nullptr ? value->get<std::uint64_t>() : nullptr;
  Node node;
  node.type = NodeType::directory;
  node.permissions = {.mode = mode != nullptr ? static_cast<std::uint32_t>(*mode) : 0755U,
                      .uid = who.uid,
                      .gid = who.gid};
  if (!semantics::grant(node.permissions, node.type, semantics::may_search, who)) {
    return Obstacle{"closed",
                    start.user_name + " may not enter " + path + ", which the start makes",
                    "correct " + own->directive + "Mode= in the unit file"};
  }
  const std::string above = parent(path);
  const bool is_there = is_own && own->path == own->real && above.size() > 1 &&
                        node_on_host(above, look).type != NodeType::missing;
  return is_there ? on_directory(above, start, look) : std::nullopt;
}

// A user's manager makes directories where checklistd does not know; they end like this.
bool is_made_for_user(const std::string& path, FactReader& look) {
  bool out = false;
  for (const char* name : {"StateDirectory", "CacheDirectory", "LogsDirectory", "RuntimeDirectory",
                           "ConfigurationDirectory"}) {
    for (const std::string& each : look.list(look.view().unit(), name)) {
      out |= path.ends_with('/' + each);
    }
  }
  return out;
}
}  // namespace

Findings unusable_working_directory(const StartContext& start,
                                    const std::vector<MadeDirectory>& made, View& see) {
  FactReader look(see);
  const std::string path = wanted_directory(start, look);
  const bool is_for_user = start.is_of_user && is_made_for_user(path, look);
  std::optional<Obstacle> obstacle;
  if (!path.empty() && !is_for_user) {
    obstacle = is_made(path, made) ? on_made_directory(path, start, made, look)
                                   : on_directory(path, start, look);
  }
  if (obstacle && is_home_of_dynamic_user(look)) {
    obstacle =
        Obstacle{"start_file_missing", "a dynamic user has no home directory: the next start fails",
                 "name a directory in WorkingDirectory= of the unit file"};
  }
  const std::string subject = path.empty() ? "WorkingDirectory" : path;
  if (look.gap()) {
    return {unknown(subject, "can be entered, for WorkingDirectory=", *look.gap())};
  }
  return obstacle
             ? Findings{start_finding(subject, "can be entered, for WorkingDirectory=", *obstacle)}
             : Findings{};
}
}  // namespace checklist::checks
