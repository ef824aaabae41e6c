// SPDX-License-Identifier: MIT
#include "checks/definition/start_files.hpp"

#include <set>

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

// An environment file must not be a directory; of credentials, a directory is loaded as a whole.
Observed<bool> is_there(View& see, const Need& need) {
  const std::string& path = need.path;
  if (semantics::is_glob(path)) {
    const auto& found = see[GlobKey{path}];
    return found ? Observed(!found->empty()) : Observed<bool>(found.unseen());
  }
  const auto file = file_behind(see, path);
  const bool is_usable = file && !is_missing(*file) &&
                         (need.directive != "EnvironmentFile" || file->type != "directory");
  return file ? Observed(is_usable) : Observed<bool>(file.unseen());
}
}  // namespace

Findings missing_start_files(View& see) {
  std::set<Need> needs;
  add_environment_files(see, needs);
  add_credentials(see, needs);
  Findings out;
  for (const Need& need : needs) {
    const auto there = is_there(see, need);
    const std::string expected = "exists, for " + need.directive + "=";
    if (!there) {
      out.push_back(unknown(need.path, expected, there.unseen()));
    } else if (!*there) {
      out.push_back(fail({.subject = need.path,
                          .reason = "start_file_missing",
                          .expected = expected,
                          .observed = need.path + " is missing: the next start fails",
                          .hint = "restore " + need.path + ", or correct " + need.directive +
                                  "= in the unit file"}));
    }
  }
  return out;
}
}  // namespace checklist::checks
