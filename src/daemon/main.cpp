// SPDX-License-Identifier: MIT
// checklistd: proves, continuously, that every systemd service still does what it did.
#include <exception>
#include <iostream>

#include "daemon/app.hpp"
#include "daemon/log.hpp"
#include "daemon/options.hpp"

namespace {
constexpr int bad_configuration = 78;  // EX_CONFIG of sysexits.h
}

int main(int argc, char** argv) {
  using namespace checklist;
  try {
    const daemon::Options options = daemon::parse_options(argc, argv);
    if (options.exit_code >= 0) {
      return options.exit_code;
    }
    config::Loaded loaded = config::load(options.locations);
    if (!daemon::usable(loaded)) {
      return bad_configuration;
    }
    if (options.check_config) {
      std::cout << loaded.configuration.services.size() + loaded.configuration.of_users.size()
                << " specs are valid\n";
      return 0;
    }
    return daemon::App(options, std::move(loaded.configuration)).run();
  } catch (const std::exception& error) {
    daemon::say(daemon::Level::error, error.what());
    return 1;
  }
}
