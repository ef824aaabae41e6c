// SPDX-License-Identifier: MIT
// checklistctl verify-config: prints every error of the configuration, by the daemon's validator.
#include <iostream>

#include <CLI/CLI.hpp>

#include "config/configuration.hpp"
#include "ctl/command.hpp"

namespace checklist::ctl {
namespace {
Exit run(const std::vector<std::string>& directories) {
  config::Locations from = config::system_locations();
  if (!directories.empty()) {
    from.directories = directories;
    from.user_directories.clear();
    from.directories_required = true;
  }
  const config::Loaded loaded = config::load(from);
  for (const config::Problem& problem : loaded.problems) {
    std::cerr << config::text(problem) << "\n";
  }
  if (!loaded.problems.empty()) {
    return Exit::usage;
  }
  const auto count = loaded.configuration.services.size() + loaded.configuration.of_users.size();
  std::cout << count << (count == 1 ? " spec is valid\n" : " specs are valid\n");
  return Exit::pass;
}
}  // namespace

void add_verify_config(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("verify-config", "Check the configuration and print every error");
  auto directories = std::make_shared<std::vector<std::string>>();
  command->add_option("directory", *directories,
                      "Read specs from these directories instead of the default ones");
  command->callback([directories, &exit] { exit = run(*directories); });
}
}  // namespace checklist::ctl
