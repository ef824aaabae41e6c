// SPDX-License-Identifier: MIT
#include "daemon/options.hpp"

#include <cstdlib>

#include <CLI/CLI.hpp>
#include <pwd.h>
#include <unistd.h>

#include "daemon/log.hpp"
#include "generated/version.hpp"

namespace checklist::daemon {
namespace {
constexpr int usage_error = 3;

std::string environment(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

void locate(Options& options, const std::string& file,
            const std::vector<std::string>& directories) {
  const passwd* me = getpwuid(getuid());
  const std::string home = environment("HOME", me != nullptr ? me->pw_dir : "/");
  options.locations =
      options.user
          ? config::user_locations(me != nullptr ? me->pw_name : std::to_string(getuid()), home)
          : config::system_locations();
  options.locations.use_daemon_file(file);
  options.locations.use_directories(directories);
  options.runtime_directory =
      options.user
          ? environment("XDG_RUNTIME_DIR", "/run/user/" + std::to_string(getuid())) + "/checklistd"
          : "/run/checklistd";
  const std::string own_state = environment("XDG_STATE_HOME", home + "/.local/state");
  options.records_directory = options.user ? own_state + "/checklistctl" : "/var/lib/checklistctl";
  if (options.state_directory.empty()) {
    options.state_directory = options.user ? own_state + "/checklistd"
                                           : environment("STATE_DIRECTORY", "/var/lib/checklistd");
  }
}
}  // namespace

Options parse_options(int argc, char** argv) {
  Options options;
  std::string file;
  std::string level = "info";
  std::vector<std::string> directories;
  CLI::App app{"Checks systemd units against their specs and publishes the results."};
  app.set_version_flag("--version", "checklistd " CHECKLIST_VERSION);
  app.add_option("--config", file, "Configuration file (default: /etc/checklistd/checklistd.json)");
  app.add_option("--services-dir", directories,
                 "Read specs from DIR instead of the default directories; repeatable");
  app.add_option("--state-dir", options.state_directory,
                 "Directory of the state that survives a restart");
  app.add_option("--web.listen-address", options.listen,
                 "Listen on ADDRESS:PORT or unix:PATH; repeatable");
  app.add_option("--log.level", level, "Minimum level of log lines: debug, info, warning or error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
  app.add_flag("--user", options.user,
               "Run as a user's instance, for the units of systemctl --user");
  app.add_flag("--check-config", options.check_config, "Check the configuration and exit");
  try {
    app.parse(argc, argv);
    set_level(level);
  } catch (const CLI::ParseError& error) {
    options.exit_code = app.exit(error) == 0 ? 0 : usage_error;
    return options;
  }
  locate(options, file, directories);
  return options;
}
}  // namespace checklist::daemon
