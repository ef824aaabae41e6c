// SPDX-License-Identifier: MIT
#include "ctl/locations.hpp"

#include <CLI/CLI.hpp>
#include <pwd.h>
#include <unistd.h>

namespace checklist::ctl {
void add_location_options(CLI::App& command, LocationOptions& options) {
  command
      .add_option("--services-dir", options.directories,
                  "Read specs from DIR instead of the default directories; repeatable")
      ->type_name("DIR")
      ->allow_extra_args(false);  // what follows it are UNITs
  command
      .add_option("--config", options.file,
                  "Configuration file (default: /etc/checklistd/checklistd.json)")
      ->type_name("FILE");
  command.add_flag("--user", options.user, "Specs and units of the user's own service manager");
}

config::Locations locations(const LocationOptions& options) {
  const passwd* me = getpwuid(getuid());
  config::Locations out = options.user && me != nullptr
                              ? config::user_locations(me->pw_name, me->pw_dir)
                              : config::system_locations();
  out.use_directories(options.directories);
  out.use_daemon_file(options.file);
  return out;
}

std::vector<std::string> units_of(const config::Configuration& configuration) {
  std::vector<std::string> out;
  for (const config::Service& service : configuration.services) {
    out.push_back(service.spec.unit);
  }
  return out;
}
}  // namespace checklist::ctl
