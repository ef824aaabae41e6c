// SPDX-License-Identifier: MIT
#include "config/paths.hpp"

#include <utility>

namespace checklist::config {
namespace {
std::string variable(const Environment& environment, const char* name, std::string otherwise) {
  const char* value = environment(name);
  return value != nullptr && *value != '\0' ? value : std::move(otherwise);
}
}  // namespace

Locations system_locations() {
  return {.daemon_file = "/etc/checklistd/checklistd.json",
          .daemon_file_required = false,
          .directories = {"/usr/lib/checklistd/services.d", "/run/checklistd/services.d",
                          "/etc/checklistd/services.d"},
          .user_directories = {"/usr/lib/checklistd/user-services.d",
                               "/etc/checklistd/user-services.d"},
          .directories_required = false,
          .user = {}};
}

Locations user_locations(const std::string& user, const std::string& home) {
  Locations out = system_locations();
  out.daemon_file = home + "/.config/checklistd/checklistd.json";
  out.directories = {home + "/.config/checklistd/services.d"};
  out.user = user;
  return out;
}

void Locations::use_daemon_file(std::string named) {
  if (!named.empty()) {
    daemon_file = std::move(named);
    daemon_file_required = true;
  }
}

void Locations::use_directories(std::vector<std::string> named) {
  if (!named.empty()) {
    directories = std::move(named);
    user_directories.clear();
    directories_required = true;
  }
}

Paths system_paths() {
  return {.state = "/var/lib/checklistd",
          .records = "/var/lib/checklistctl",
          .runtime = "/run/checklistd"};
}

Paths user_paths(std::uint32_t uid, const std::string& home, const Environment& environment) {
  const std::string state = variable(environment, "XDG_STATE_HOME", home + "/.local/state");
  const std::string runtime =
      variable(environment, "XDG_RUNTIME_DIR", "/run/user/" + std::to_string(uid));
  return {.state = state + "/checklistd",
          .records = state + "/checklistctl",
          .runtime = runtime + "/checklistd"};
}
}  // namespace checklist::config
