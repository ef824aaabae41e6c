// SPDX-License-Identifier: MIT
// checklistctl verify-config: prints every error of the configuration, by the daemon's validator.
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "config/web/web_file.hpp"
#include "ctl/command.hpp"
#include "ctl/locations.hpp"

namespace checklist::ctl {
namespace {
Exit run(const LocationOptions& options, const std::optional<std::string>& web_file) {
  const config::Locations from = locations(options);
  config::Loaded loaded = config::load(from);
  if (web_file) {
    loaded.configuration.web_file = *web_file;
  }
  (void)config::load_web_of(loaded);
  for (const config::Problem& problem : loaded.problems) {
    std::cerr << config::text(problem) << "\n";
  }
  if (!loaded.problems.empty()) {
    return Exit::usage;
  }
  const auto count = config::spec_count(loaded.configuration);
  if (count == 0) {
    std::cerr << "checklistctl: " << config::no_specs_found(from) << "\n";
    return options.directories.empty() ? Exit::pass : Exit::usage;
  }
  std::cout << count << (count == 1 ? " spec is valid\n" : " specs are valid\n");
  return Exit::pass;
}
}  // namespace

void add_verify_config(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("verify-config", "Check the configuration and print every error");
  auto options = std::make_shared<LocationOptions>();
  auto directories = std::make_shared<std::vector<std::string>>();
  command->add_option("DIR", *directories, "The same as --services-dir DIR");
  add_location_options(*command, *options);
  auto web_file = std::make_shared<std::string>();
  const auto* web = command
                        ->add_option("--web.config.file", *web_file,
                                     "Web config file instead of the configuration's")
                        ->type_name("FILE");
  command->footer(
      "Examples:\n"
      "  checklistctl verify-config\n"
      "  checklistctl verify-config --services-dir ./services.d --config ./checklistd.json");
  command->callback([options, directories, web_file, web, &exit] {
    options->directories.insert(options->directories.end(), directories->begin(),
                                directories->end());
    exit = run(*options, web->count() > 0 ? std::optional(*web_file) : std::nullopt);
  });
}
}  // namespace checklist::ctl
