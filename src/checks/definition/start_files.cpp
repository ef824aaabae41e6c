// SPDX-License-Identifier: MIT
#include "checks/definition/start_files.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "checks/start/proven_file.hpp"
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

bool is_pipe_or_socket(View& see, const std::string& path) {
  const auto file = file_behind(see, path);
  return file && (file->type == "fifo" || file->type == "socket");
}

// All credentials of a unit, with their names, have 1 MiB together. What directories hold is not
// known.
Findings too_large(View& see) {
  constexpr std::uint64_t most = 1U << 20U;
  std::uint64_t size = 0;
  for (const char* name : {"LoadCredential", "LoadCredentialEncrypted"}) {
    for (const Values& row : rows(see, name)) {
      const auto* id = row[0].get<std::string>();
      const auto* path = row[1].get<std::string>();
      if (id != nullptr && path != nullptr && path->starts_with('/')) {
        const auto file = file_behind(see, *path);
        size += file && file->type == "regular" ? id->size() + file->size : 0;
      }
    }
  }
  return size <= most ? Findings{}
                      : Findings{fail({.subject = "credentials",
                                       .reason = "too_large",
                                       .expected = "1 MiB at most, for LoadCredential=",
                                       .observed = "they have " + std::to_string(size) +
                                                   " bytes: the next start fails",
                                       .hint = "name large files by their paths instead"})};
}

// The key of the host, or its TPM, must be the one for which they were encrypted.
Findings not_decrypted(View& see) {
  Findings out;
  const auto add = [&out](const std::string& subject) {
    out.push_back(unknown({.subject = subject,
                           .reason = "encrypted",
                           .expected = "can be decrypted by this host",
                           .observed = "whether this host can decrypt it is not known",
                           .hint = "run `systemd-creds decrypt`, or start the unit: a start that "
                                   "succeeds proves it"}));
  };
  for (const Values& row : rows(see, "LoadCredentialEncrypted")) {
    const auto* path = row[1].get<std::string>();
    if (path != nullptr && path->starts_with('/') && !is_proven_by_last_start(*path, see)) {
      add(*path);
    }
  }
  const std::string fragment = see.text("FragmentPath");
  for (const Values& row : rows(see, "SetCredentialEncrypted")) {
    const auto* id = row[0].get<std::string>();
    if (id != nullptr && !is_proven_by_last_start(fragment, see)) {
      add("SetCredentialEncrypted=" + *id);
    }
  }
  return out;
}

// The service of PAM decides by modules of its own.
Findings unproven_pam(View& see) {
  const std::string name = see.text("PAMName");
  const std::string path = "/etc/pam.d/" + name;
  if (name.empty() || !see.spec().user.empty() || is_proven_by_last_start(path, see)) {
    return {};
  }
  return {unknown({.subject = "PAMName=" + name,
                   .reason = "pam",
                   .expected = "opens a session",
                   .observed = "whether PAM opens a session for " + name + " is not known",
                   .hint = "start the unit: a start that succeeds proves it"})};
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
    } else if (*there && is_pipe_or_socket(see, need.path)) {
      out.push_back(
          unknown({.subject = need.path,
                   .reason = "other_side",
                   .expected = expected,
                   .observed = need.path + " is a pipe or a socket: the next start waits "
                                           "for the program at its other side",
                   .hint = "name a regular file in " + need.directive + "= of the unit file"}));
    } else if (!*there) {
      out.push_back(fail({.subject = need.path,
                          .reason = "start_file_missing",
                          .expected = expected,
                          .observed = need.path + " is missing: the next start fails",
                          .hint = "restore " + need.path + ", or correct " + need.directive +
                                  "= in the unit file"}));
    }
  }
  for (const auto part : {too_large, not_decrypted, unproven_pam}) {
    std::ranges::move(part(see), std::back_inserter(out));
  }
  return out;
}
}  // namespace checklist::checks
