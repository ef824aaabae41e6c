// SPDX-License-Identifier: MIT
// checklistctl schema: prints the JSON Schemas of the configuration files.
#include "config/schema.hpp"

#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <system_error>

#include <CLI/CLI.hpp>

#include "ctl/command.hpp"

namespace checklist::ctl {
namespace {
using Schema = std::string (*)();

const std::map<std::string, Schema> schemas{{"catalogue", config::catalogue_schema},
                                            {"checklistd", config::daemon_schema},
                                            {"service", config::service_schema}};

struct Options {
  std::string file = "service";
  std::string output_directory;
};

void write(const std::string& path, const std::string& text) {
  std::ofstream file(path);
  if (!(file << text).flush()) {
    throw std::system_error(errno, std::system_category(), path);
  }
}

Exit run(const Options& options) {
  if (options.output_directory.empty()) {
    std::cout << schemas.at(options.file)();
    return Exit::pass;
  }
  for (const auto& [name, schema] : schemas) {
    write(options.output_directory + "/" + name + ".schema.json", schema());
  }
  return Exit::pass;
}
}  // namespace

void add_schema(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("schema", "Print the JSON Schema of a configuration file");
  auto options = std::make_shared<Options>();
  command
      ->add_option(
          "FILE", options->file,
          "service (a spec), checklistd (checklistd.json) or catalogue (a kind of services); "
          "default: service")
      ->check(CLI::IsMember({"service", "checklistd", "catalogue"}));
  command->add_option("--output-dir", options->output_directory, "Write all to DIR instead")
      ->type_name("DIR");
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
