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

// Returns $HOME, or the home directory of the account.
std::string home_of(const passwd* account) {
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home != '\0') {
    return home;
  }
  return account != nullptr ? account->pw_dir : "/";
}

void locate(Options& options, const std::string& file,
            const std::vector<std::string>& directories) {
  if (options.user) {
    const passwd* me = getpwuid(getuid());
    const std::string name = me != nullptr ? me->pw_name : std::to_string(getuid());
    options.locations = config::user_locations(name, home_of(me));
    options.paths = config::user_paths(getuid(), home_of(me), std::getenv);
  } else {
    const char* state = std::getenv("STATE_DIRECTORY");  // of StateDirectory=
    options.locations = config::system_locations();
    options.paths = config::system_paths();
    options.paths.state = state != nullptr && *state != '\0' ? state : options.paths.state;
  }
  options.locations.use_daemon_file(file);
  options.locations.use_directories(directories);
}
}  // namespace

Options parse_options(int argc, char** argv) {
  Options options;
  std::string file;
  std::string state;
  std::string web_file;
  std::string level = "info";
  std::vector<std::string> directories;
  CLI::App app{"Checks systemd units against their specs and publishes the results."};
  app.set_version_flag("--version", "checklistd " CHECKLIST_VERSION);
  app.add_option("--config", file, "Configuration file (default: /etc/checklistd/checklistd.json)");
  app.add_option("--services-dir", directories,
                 "Read specs from DIR instead of the default directories; repeatable");
  app.add_option("--state-dir", state, "Directory of the state that survives a restart");
  app.add_option("--web.listen-address", options.listen,
                 "Listen on ADDRESS:PORT or unix:PATH; repeatable");
  const auto* web = app.add_option("--web.config.file", web_file,
                                   "Web config file: TLS, users and rate limit of TCP addresses");
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
  if (web->count() > 0) {
    options.web_file = web_file;
  }
  locate(options, file, directories);
  options.paths.state = state.empty() ? options.paths.state : state;
  return options;
}
}  // namespace checklist::daemon
