// SPDX-License-Identifier: MIT
// checklistd: checks systemd units against their specs and publishes the results.
#include <exception>
#include <iostream>

#include "config/web/web_file.hpp"
#include "daemon/app.hpp"
#include "daemon/directory_lock.hpp"
#include "daemon/log.hpp"
#include "daemon/options.hpp"

namespace checklist::daemon {
namespace {
constexpr int bad_configuration = 78;  // EX_CONFIG of sysexits.h
constexpr int state_in_use = 75;       // EX_TEMPFAIL

int run(int argc, char** argv) {
  const Options options = parse_options(argc, argv);
  if (options.exit_code >= 0) {
    return options.exit_code;
  }
  config::Loaded loaded = config::load(options.locations);
  if (options.web_file) {
    loaded.configuration.web_file = *options.web_file;
  }
  const config::WebConfig web = config::load_web_of(loaded);
  if (!usable(loaded)) {
    return bad_configuration;
  }
  if (options.check_config) {
    const auto count = config::spec_count(loaded.configuration);
    if (count == 0) {
      std::cout << config::no_specs_found(options.locations) << "\n";
    } else {
      std::cout << count << (count == 1 ? " spec is valid\n" : " specs are valid\n");
    }
    return 0;
  }
  const DirectoryLock lock(options.paths.state);
  if (!lock.free) {
    log(Level::error, "another checklistd uses the state directory " + options.paths.state +
                          ": stop it, or start this one with --state-dir");
    return state_in_use;
  }
  return App(options, std::move(loaded.configuration), web).run();
}
}  // namespace
}  // namespace checklist::daemon

int main(int argc, char** argv) {
  try {
    return checklist::daemon::run(argc, argv);
  } catch (const std::exception& error) {
    checklist::daemon::log(checklist::daemon::Level::error, error.what());
    return 1;
  }
}
