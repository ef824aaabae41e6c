// SPDX-License-Identifier: MIT
#include "checks/definition/start_context.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "checks/view/command.hpp"

namespace checklist::checks {
namespace {
constexpr auto all_capabilities = ~0ULL;

bool is_given(FactReader& look, const std::string& unit, const char* property) {
  const Value* value = look.at(PropertyKey{unit, property});
  const auto* list = value != nullptr ? value->get<Values>() : nullptr;
  return list != nullptr && !list->empty();
}

bool flag(FactReader& look, const std::string& unit, const char* property) {
  const Value* value = look.at(PropertyKey{unit, property});
  const auto* set = value != nullptr ? value->get<bool>() : nullptr;
  return set != nullptr && *set;
}

std::string name_of(const NextCredentials& next, const std::string& given) {
  if (!next.credentials) {
    return given;
  }
  return next.credentials->uid == 0            ? "root"
         : next.credentials->uid == dynamic_id ? "the dynamic user"
         : given.empty()                       ? "the user"
                                               : "user " + given;
}

Obstacle missing(const StartPath& wanted, const PathLookup& found) {
  const bool is_link = found.at != wanted.path;
  return {"start_file_missing",
          wanted.path + " is missing: " +
              (is_link ? "there is no " + found.at : std::string("no such file or directory")),
          "restore " + (is_link ? found.at : wanted.path) + ", or correct " + wanted.setting +
              " in the unit file"};
}

Obstacle hidden(const StartPath& wanted, const UnitMount& by) {
  return {"hidden", by.setting + " hides " + wanted.path + " from the unit",
          "move " + wanted.path + " to where the unit sees it, or correct " + by.setting};
}

// Returns whether the file is on the host, where only the mounts of the unit hide it.
bool is_on_host(const StartPath& wanted, const StartContext& start, FactReader& look) {
  return !start.has_other_root && resolve_on_host(wanted.path, look).status == LookupStatus::found;
}
}  // namespace

StartContext start_context(FactReader& look) {
  const std::string& unit = look.view().unit();
  StartContext out;
  out.mounts = unit_mounts(look, unit);
  out.unlimited_mounts = unit_mounts(look, unit, Sandbox::none);
  const NextCredentials next = next_credentials(look, unit);
  // An account of a directory server is known by what runs as it.
  out.user = next.credentials ? next.credentials : running_credentials(look, unit);
  out.is_of_user = !look.view().spec().user.empty();
  const std::string given = look.text(unit, "User");
  out.user_name = name_of(next, out.is_of_user ? look.view().spec().user : given);
  out.manager = {.capabilities = all_capabilities};
  out.root = {.capabilities = all_capabilities, .private_users = flag(look, unit, "PrivateUsers")};
  if (out.is_of_user && out.user) {
    out.manager = *out.user;
    out.root = *out.user;
  } else if (out.user && out.user->uid == 0) {
    // execve(2) resolves the path before it takes capabilities away.
    out.user->capabilities = all_capabilities;
  } else if (out.user) {
    out.gained = std::exchange(out.user->capabilities, 0);
  }
  const Value* bounding = look.at(PropertyKey{unit, "CapabilityBoundingSet"});
  const auto* set = bounding != nullptr ? bounding->get<std::uint64_t>() : nullptr;
  out.bounding = set != nullptr ? *set : out.bounding;
  const std::string root = look.text(unit, "RootDirectory");
  out.has_other_root = (!root.empty() && root != "/") || !look.text(unit, "RootImage").empty();
  for (const char* each : {"ExtensionImages", "ExtensionDirectories"}) {
    out.has_extensions |= is_given(look, unit, each);
  }
  return out;
}

std::string chmod_command(const Permissions& of, const semantics::Credentials& who,
                          const std::string& rights, const std::string& path) {
  const char* class_of = of.uid == who.uid ? "u" : semantics::is_member(who, of.gid) ? "g" : "o";
  return shell_command({"chmod", class_of + rights, path});
}

Reached reach(const StartPath& wanted, const StartContext& start, FactReader& look) {
  const auto& who = start.who(wanted.with);
  PathLookup found = resolve_path(wanted.path, start.mounts_for(wanted.with), who, look);
  if (look.gap() || found.status == LookupStatus::found) {
    return {.found = std::move(found)};
  }
  const bool is_extended = start.has_extensions && found.status == LookupStatus::missing &&
                           (wanted.path.starts_with("/usr/") || wanted.path.starts_with("/opt/"));
  if (found.status == LookupStatus::unknown || is_extended) {
    const std::string image = found.by != nullptr ? found.by->setting : "its extension images";
    return {.obstacle = Obstacle{"image", "the contents of " + image + " are not known", "", true}};
  }
  const bool is_covered = found.by != nullptr && found.by->kind != MountKind::bind;
  if (is_covered && is_on_host(wanted, start, look)) {
    return {.obstacle = hidden(wanted, *found.by)};
  }
  if (found.status != LookupStatus::no_search) {
    return {.obstacle = missing(wanted, found)};
  }
  const std::string& user = wanted.with == Privileges::user ? start.user_name : "root";
  return {.obstacle = Obstacle{
              "closed", user + " may not search " + found.at + ", on the way to " + wanted.path,
              "run " + chmod_command(found.node.permissions, who, "+x", found.at) +
                  ", or correct User= or " + wanted.setting + " in the unit file"}};
}

Finding start_finding(const std::string& subject, const std::string& expected,
                      const Obstacle& obstacle) {
  Finding out{.subject = subject,
              .reason = obstacle.reason,
              .expected = expected,
              .observed = obstacle.observed,
              .hint = obstacle.hint};
  return obstacle.is_doubt ? unknown(std::move(out)) : fail(std::move(out));
}
}  // namespace checklist::checks
