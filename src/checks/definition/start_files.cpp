// SPDX-License-Identifier: MIT
#include "checks/definition/start_files.hpp"

#include <algorithm>
#include <set>

#include "checks/definition/exec_command.hpp"
#include "checks/view/file_behind.hpp"
#include "semantics/files/file_rules.hpp"

namespace checklist::checks {
namespace {
struct Need {
  std::string path;
  std::string directive;
  auto operator<=>(const Need&) const = default;
};

// Returns the rows of a list of pairs.
std::vector<Values> rows(View& see, const std::string& name) {
  std::vector<Values> out;
  for (const Value& each : see.property<Values>(name).value_or(Values{})) {
    if (const auto* row = each.get<Values>(); row != nullptr && row->size() == 2) {
      out.push_back(*row);
    }
  }
  return out;
}

// (path, is optional)
void add_environment_files(View& see, std::set<Need>& out) {
  for (const Values& row : rows(see, "EnvironmentFiles")) {
    const auto* path = row[0].get<std::string>();
    const auto* is_optional = row[1].get<bool>();
    if (path != nullptr && is_optional != nullptr && !*is_optional) {
      out.insert({*path, "EnvironmentFile"});
    }
  }
}

// (id, path): a relative path is a name in the credential stores, and SetCredential= of the same id
// is used if the file is missing (systemd.exec(5)).
void add_credentials(View& see, std::set<Need>& out) {
  std::set<std::string> set;
  for (const char* name : {"SetCredential", "SetCredentialEncrypted"}) {
    for (const Values& row : rows(see, name)) {
      const auto* id = row[0].get<std::string>();
      set.insert(id != nullptr ? *id : "");
    }
  }
  for (const char* name : {"LoadCredential", "LoadCredentialEncrypted"}) {
    for (const Values& row : rows(see, name)) {
      const auto* id = row[0].get<std::string>();
      const auto* path = row[1].get<std::string>();
      if (id != nullptr && path != nullptr && path->starts_with('/') && !set.contains(*id)) {
        out.insert({*path, name});
      }
    }
  }
}

// Returns whether systemd creates the directory at the start, as for StateDirectory=.
bool is_made(View& see, const std::string& path) {
  bool out = path.starts_with("/run/");
  for (const char* name : {"StateDirectory", "CacheDirectory", "LogsDirectory"}) {
    for (const std::string& each : see.list(name)) {
      out |= (path + "/").find("/" + each + "/") != std::string::npos;
    }
  }
  return out;
}

// A path with the prefix "!" may be missing.
void add_working_directory(View& see, std::set<Need>& out) {
  const std::string path = see.text("WorkingDirectory");
  const bool is_made_or_elsewhere = is_made(see, path) || sees_other_files(see);
  if (path.starts_with('/') && !is_made_or_elsewhere) {
    out.insert({path, "WorkingDirectory"});
  }
}

Observed<bool> is_there(View& see, const std::string& path) {
  if (semantics::is_glob(path)) {
    const auto& found = see[GlobKey{path}];
    return found ? Observed(!found->empty()) : Observed<bool>(found.unseen());
  }
  const auto file = file_behind(see, path);
  return file ? Observed(!is_missing(*file)) : Observed<bool>(file.unseen());
}
}  // namespace

Findings missing_start_files(View& see) {
  std::set<Need> needs;
  add_environment_files(see, needs);
  add_credentials(see, needs);
  add_working_directory(see, needs);
  Findings out;
  for (const Need& need : needs) {
    const auto there = is_there(see, need.path);
    const std::string expected = "exists, for " + need.directive + "=";
    if (!there) {
      out.push_back(unknown(need.path, expected, there.unseen()));
    } else if (!*there) {
      out.push_back(fail({.subject = need.path,
                          .reason = "start_file_missing",
                          .expected = expected,
                          .observed = "missing: the next start fails",
                          .hint = "restore " + need.path + ", or correct " + need.directive +
                                  "= in the unit file"}));
    }
  }
  return out;
}
}  // namespace checklist::checks
