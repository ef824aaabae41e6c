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
  from.use_directories(directories);
  const config::Loaded loaded = config::load(from);
  for (const config::Problem& problem : loaded.problems) {
    std::cerr << config::text(problem) << "\n";
  }
  if (!loaded.problems.empty()) {
    return Exit::usage;
  }
  const auto count = config::spec_count(loaded.configuration);
  if (count == 0) {
    std::cerr << "checklistctl: " << config::no_specs_found(from) << "\n";
    return directories.empty() ? Exit::pass : Exit::usage;
  }
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
