// SPDX-License-Identifier: MIT
// Loads the configuration. All files are read, so that one run reports all errors.
#include <algorithm>
#include <filesystem>
#include <map>

#include "config/configuration.hpp"
#include "config/daemon_file.hpp"
#include "config/files.hpp"
#include "config/json_file.hpp"
#include "config/spec_file.hpp"

namespace checklist::config {
namespace {
bool is_missing(const std::string& path) {
  std::error_code error;
  return std::filesystem::symlink_status(path, error).type() ==
         std::filesystem::file_type::not_found;
}

Switches<CheckDef> load_daemon_file(const Locations& from, Loaded& out) {
  ConfigErrors errors;
  if (!from.daemon_file_required && is_missing(from.daemon_file)) {
    return read_daemon_file({}, out.configuration, errors);
  }
  JsonFile file(from.daemon_file, out.problems);
  auto defaults = read_daemon_file(file.object() != nullptr ? *file.object() : Dict{},
                                   out.configuration, errors);
  file.refuse(errors);
  return defaults;
}

class Specs {
 public:
  Specs(const Locations& from, const Switches<CheckDef>& defaults, Loaded& out)
      : from_(from), defaults_(defaults), out_(out) {}

  void load_all() {
    if (from_.user.empty()) {
      load_from(from_.directories, 0);
      load_from(from_.user_directories, from_.user_directories.size());
      return;
    }
    std::vector<std::string> all = from_.user_directories;
    all.insert(all.end(), from_.directories.begin(), from_.directories.end());
    load_from(all, from_.user_directories.size());
  }

 private:
  // Directories from `first_own` on are this instance's own: their specs need no `user`.
  void load_from(const std::vector<std::string>& directories, std::size_t first_own) {
    SpecFiles found = spec_files(directories, out_.problems);
    std::ranges::move(found.notes, std::back_inserter(out_.notes));
    for (const SpecFile& file : found.files) {
      load_one(file.path, file.directory >= first_own);
    }
  }

  void load_one(const std::string& path, bool is_own) {
    JsonFile file(path, out_.problems);
    if (file.object() == nullptr || (!is_own && is_of_another_user(*file.object()))) {
      return;
    }
    ConfigErrors errors;
    Service service = read_spec(*file.object(), defaults_, errors);
    Spec& spec = service.spec;
    spec.file = path;
    settle_user(file.object()->contains("user"), is_own, spec, errors);
    file.refuse(errors);
    const bool is_new = spec.unit.empty() || check_once(spec, file);
    if (errors.empty() && is_new) {
      place(std::move(service));
    }
  }

  // The instance of that user reads the file and reports its errors.
  [[nodiscard]] bool is_of_another_user(const Dict& given) const {
    const auto at = given.find("user");
    const auto* user = at != given.end() ? at->second.get<std::string>() : nullptr;
    return !from_.user.empty() && user != nullptr && *user != from_.user;
  }

  void settle_user(bool named, bool is_own, Spec& spec, ConfigErrors& errors) const {
    if (!named && !is_own) {
      errors.push_back({"/user", "the name of the service's user", "nothing"});
    } else if (!named) {
      spec.user = from_.user;
    } else if (!from_.user.empty() && !spec.user.empty() && spec.user != from_.user) {
      errors.push_back(
          {"/user", "'" + from_.user + "', the owner of this directory", "'" + spec.user + "'"});
    }
  }

  bool check_once(const Spec& spec, JsonFile& file) {
    const auto [at, is_new] = seen_.try_emplace({spec.user, spec.unit}, spec.file);
    if (!is_new) {
      file.refuse("/unit", "expected one spec per unit, found another of '" + spec.unit + "' in " +
                               at->second);
    }
    return is_new;
  }

  void place(Service service) {
    if (service.spec.user == from_.user) {
      out_.configuration.services.push_back(std::move(service));
    } else {
      out_.configuration.of_users.push_back(std::move(service.spec));
    }
  }

  const Locations& from_;
  const Switches<CheckDef>& defaults_;
  Loaded& out_;
  std::map<std::pair<std::string, std::string>, std::string> seen_;  // (user, unit) to its file
};
}  // namespace

Loaded load(const Locations& locations) {
  Loaded out;
  for (const std::string& directory : locations.directories) {
    std::error_code error;  // one that cannot be accessed is reported when it is listed
    const auto type = std::filesystem::status(directory, error).type();
    if (locations.directories_required && type == std::filesystem::file_type::not_found) {
      out.problems.push_back({directory, 0, 0, "", "No such directory"});
    }
  }
  const Switches<CheckDef> defaults = load_daemon_file(locations, out);
  Specs(locations, defaults, out).load_all();
  std::ranges::sort(out.configuration.services, {},
                    [](const Service& s) { return std::tie(s.spec.group, s.spec.unit); });
  return out;
}

std::size_t spec_count(const Configuration& configuration) {
  return configuration.services.size() + configuration.of_users.size();
}

std::string no_specs_found(const Locations& locations) {
  std::string out;
  for (const auto* directories : {&locations.directories, &locations.user_directories}) {
    for (const std::string& directory : *directories) {
      out += (out.empty() ? "no specs found in " : ", ") + directory;
    }
  }
  return out + "; `checklistctl add UNIT` writes one";
}
}  // namespace checklist::config
