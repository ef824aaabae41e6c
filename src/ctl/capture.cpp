// SPDX-License-Identifier: MIT
// checklistctl capture: prints specs that describe units as they are now.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>

#include <CLI/CLI.hpp>

#include "capture/compose.hpp"
#include "config/spec_text.hpp"
#include "ctl/capture_units.hpp"
#include "ctl/command.hpp"
#include "ctl/spec_files.hpp"
#include "ctl/units.hpp"

namespace checklist::ctl {
namespace {
struct Options : CaptureOptions {
  std::string output_directory;
  bool force = false;
};

Exit run(Options options) {
  std::ranges::transform(options.units, options.units.begin(), unit_name);
  const Captures captures = capture_units(options);
  if (const Exit refused = refuse(captures); refused != Exit::pass) {
    return refused;
  }
  print_notes(captures);
  if (!options.output_directory.empty()) {
    std::vector<SpecFileText> files;
    std::ranges::transform(captures.specs, std::back_inserter(files), [](const CapturedSpec& each) {
      return SpecFileText{capture::file_name(each.unit), config::spec_text(each.spec)};
    });
    return write_spec_files(options.output_directory, files, options.force);
  }
  for (const CapturedSpec& each : captures.specs) {
    std::cout << config::spec_text(each.spec);
  }
  return Exit::pass;
}
}  // namespace

void add_capture(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand(
      "capture", "Print specs that describe units as they are now, to be held to it later");
  auto options = std::make_shared<Options>();
  command->add_option("unit", options->units, "Units")->required();
  command
      ->add_option("--output-dir", options->output_directory,
                   "Write each spec to a file in DIR instead")
      ->type_name("DIR");
  command->add_flag("--force", options->force, "Replace files that exist");
  add_capture_options(*command, *options);
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
