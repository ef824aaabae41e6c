// SPDX-License-Identifier: MIT
// checklistctl capture: prints specs that describe units as they are now.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>

#include <CLI/CLI.hpp>

#include "capture/compose.hpp"
#include "capture/line_diff.hpp"
#include "config/configuration.hpp"
#include "config/files.hpp"
#include "config/spec_text.hpp"
#include "ctl/capture/capture_files.hpp"
#include "ctl/capture/capture_units.hpp"
#include "ctl/capture/spec_files.hpp"
#include "ctl/command.hpp"
#include "ctl/units.hpp"

namespace checklist::ctl {
namespace {
struct Options : CaptureOptions {
  std::string output_directory;
  std::vector<std::string> directories;  // of present specs
  std::string unit_files;                // a directory to read instead of asking the manager
  bool force = false;
  bool diff = false;
};

// Prints how the present specs would change. Exits as diff(1) does.
Exit print_diff(const Captures& captures, const Options& options) {
  const config::Loaded present = config::load(spec_locations(options, options.directories));
  Exit out = Exit::pass;
  for (const CapturedSpec& each : captures.specs) {
    const std::string file = present_file(present, each);
    std::vector<config::Problem> problems;
    const auto before = file.empty() ? std::nullopt : config::read_file(file, problems);
    const std::string changes =
        capture::line_diff(before.value_or(std::string()), config::spec_text(each.spec));
    if (!changes.empty()) {
      std::cout << "--- " << (file.empty() ? "/dev/null" : file) << "\n+++ " << each.unit
                << " as it is\n"
                << changes;
      out = Exit::fail;
    }
  }
  return out;
}

Exit run(Options options) {
  if (options.all == !options.units.empty()) {
    std::cerr << "checklistctl: capture: expected units, or --all\n";
    return Exit::usage;
  }
  if (const Exit refused = options.unit_files.empty() ? refuse_user(options) : Exit::pass;
      refused != Exit::pass) {
    return refused;
  }
  std::ranges::transform(options.units, options.units.begin(), unit_name);
  if (options.full && !options.unit_files.empty()) {
    std::cerr << "checklistctl: capture: --full needs the service manager, not --units\n";
    return Exit::usage;
  }
  const Captures captures = options.unit_files.empty() ? capture_units(options)
                                                       : capture_files(options, options.unit_files);
  if (const Exit refused = refuse(captures); refused != Exit::pass) {
    return refused;
  }
  print_notes(captures);
  if (options.full) {
    std::cout << config::spec_text(
        {{"format", Value{std::int64_t{1}}}, {"units", Value{captures.full}}});
    return Exit::pass;
  }
  if (options.diff) {
    return print_diff(captures, options);
  }
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
  command->add_option("unit", options->units, "Units");
  command->add_flag("--full", options->full,
                    "Print everything that a migration should keep, for `checklistctl diff`");
  command
      ->add_option("--units", options->unit_files,
                   "Read unit files from DIR instead of asking the service manager")
      ->type_name("DIR")
      ->check(CLI::ExistingDirectory);
  command->add_flag("--diff", options->diff,
                    "Print how the present specs would change; exit with 1 if they would");
  command
      ->add_option("--services-dir", options->directories,
                   "With --diff: read specs from DIR instead of the usual directories; repeatable")
      ->type_name("DIR");
  command
      ->add_option("--output-dir", options->output_directory,
                   "Write each spec to a file in DIR instead")
      ->type_name("DIR");
  command->add_flag("--force", options->force, "Replace files that exist");
  add_capture_options(*command, *options);
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
