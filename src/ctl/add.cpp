// SPDX-License-Identifier: MIT
// checklistctl add: gives units specs of what they are now, or those of the migration plan.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <sstream>

#include <CLI/CLI.hpp>

#include "capture/compose.hpp"
#include "config/configuration.hpp"
#include "config/files.hpp"
#include "config/spec_text.hpp"
#include "ctl/capture/capture_units.hpp"
#include "ctl/capture/spec_files.hpp"
#include "ctl/command.hpp"
#include "ctl/units.hpp"
#include "generated/places.hpp"

namespace checklist::ctl {
namespace {
namespace fs = std::filesystem;

struct Options : CaptureOptions {
  std::vector<std::string> directories;  // of the specs; empty: the usual ones
  std::string plan_directory = CHECKLIST_DATA_DIRECTORY "/plan";
  bool plan = false;
  bool force = false;
};

// Returns whether the user's instance reads the file after those that root writes.
bool is_users_own(const fs::path& file, const Options& options) {
  const config::Locations all = spec_locations(options, options.directories);
  return !options.of_user.empty() && !all.user_directories.empty() &&
         std::ranges::find(all.directories, file.parent_path().string()) != all.directories.end();
}

// Returns the name of the file to write: that of the unit's present spec, so that it is replaced.
// Users may have units of the same name.
std::string name_of(const CapturedSpec& spec, const config::Loaded& present, const Options& options,
                    bool& refused) {
  const std::string usual =
      (options.of_user.empty() ? "" : options.of_user + "@") + capture::file_name(spec.unit);
  const fs::path file = present_file(present, spec);
  if (file.empty()) {
    return usual;
  }
  const bool wins = is_users_own(file, options);
  if (wins || (!options.force && file.filename() != usual)) {
    std::cerr << "checklistctl: " << spec.unit << " has a spec in " << file.string()
              << (wins ? ", which is the user's own: remove it first\n"
                       : "; --force replaces it\n");
    refused = true;
  }
  return file.filename();
}

Exit add_units(const Options& options) {
  const Captures captures = capture_units(options);
  if (const Exit refused = refuse(captures); refused != Exit::pass) {
    return refused;
  }
  print_notes(captures);
  const config::Locations to = spec_locations(options, options.directories);
  const config::Loaded present = config::load(to);
  std::vector<SpecFileText> files;
  bool refused = false;
  for (const CapturedSpec& each : captures.specs) {
    files.push_back({name_of(each, present, options, refused), config::spec_text(each.spec)});
  }
  return refused ? Exit::usage
                 : write_spec_files(written_directory(options, to), files, options.force);
}

// Copies the plan's specs of one kind of manager.
Exit copy_plan(const std::string& from, const std::string& to, bool force) {
  std::vector<config::Problem> problems;
  std::vector<SpecFileText> files;
  for (const config::SpecFile& each : config::spec_files({from}, problems).files) {
    if (auto text = config::read_file(each.path, problems)) {
      files.push_back({fs::path(each.path).filename(), std::move(*text)});
    }
  }
  for (const config::Problem& problem : problems) {
    std::cerr << "checklistctl: " << config::text(problem) << "\n";
  }
  if (files.empty() || !problems.empty()) {
    std::cerr << (problems.empty() ? "checklistctl: no specs in " + from + "\n" : "");
    return Exit::usage;
  }
  return write_spec_files(to, files, force);
}

Exit add_plan(const Options& options) {
  const config::Locations to = spec_locations(options, options.directories);
  const Exit system =
      copy_plan(options.plan_directory + "/services.d", to.directories.back(), options.force);
  if (system != Exit::pass || to.user_directories.empty()) {
    return system;
  }
  return copy_plan(options.plan_directory + "/user-services.d", to.user_directories.back(),
                   options.force);
}

std::string reload_hint(const Options& options) {
  if (options.of_user.empty()) {
    return std::string("`systemctl ") + (options.user ? "--user " : "") +
           "reload checklistd` has the daemon read them\n";
  }
  return "`systemctl reload checklistd` and `systemctl --user --machine=" + options.of_user +
         "@ reload checklistd` have the daemons read them\n";
}

Exit run(Options options) {
  if (options.plan && !options.of_user.empty()) {
    std::cerr << "checklistctl: add: --plan has the specs of all users\n";
    return Exit::usage;
  }
  if (int{options.plan} + int{options.all} + int{!options.units.empty()} != 1) {
    std::cerr << "checklistctl: add: expected units, --all or --plan\n";
    return Exit::usage;
  }
  if (const Exit refused = refuse_user(options); refused != Exit::pass) {
    return refused;
  }
  std::ranges::transform(options.units, options.units.begin(), unit_name);
  const Exit done = options.plan ? add_plan(options) : add_units(options);
  if (done == Exit::pass && options.directories.empty()) {
    std::cout << reload_hint(options);
  }
  return done;
}
}  // namespace

void add_add(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand(
      "add", "Watch units: write specs of what they are now to /etc/checklistd/services.d");
  auto options = std::make_shared<Options>();
  command->add_option("unit", options->units, "Units");
  command->add_flag("--plan", options->plan, "Add the specs of the migration plan instead");
  command->add_option("--plan-dir", options->plan_directory, "Directory of the plan's specs")
      ->type_name("DIR");
  command->add_option("--services-dir", options->directories, "Write to DIR instead")
      ->type_name("DIR")
      ->allow_extra_args(false);  // what follows it are units
  command->add_flag("--force", options->force, "Replace files that exist");
  add_capture_options(*command, *options);
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
