// SPDX-License-Identifier: MIT
// checklistctl exercise: stops and starts units and uses their toggles, to see whether they do what
// they should, and restores everything.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <system_error>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "ctl/command.hpp"
#include "ctl/exercise/exercise_session.hpp"
#include "ctl/output.hpp"
#include "ctl/records.hpp"
#include "ctl/units.hpp"
#include "semantics/time/span.hpp"

namespace checklist::ctl {
namespace {
using namespace std::chrono_literals;

struct Options : ExerciseOptions {
  std::string longest = "5m";
  bool restore = false;
};

// Replaces patterns by the units of the specs; other names need no spec.
std::vector<std::string> expand(Options& options, const config::Configuration& configuration) {
  std::vector<std::string> patterns;
  std::vector<std::string> names;
  for (const std::string& word : options.units) {
    const bool is_pattern = word.find_first_of("*?[") != std::string::npos;
    (is_pattern ? patterns : names).push_back(is_pattern ? word : unit_name(word));
  }
  if (!patterns.empty()) {
    Selection selection = select_units(patterns, units_of(configuration));
    if (!selection.errors.empty()) {
      return selection.errors;
    }
    std::ranges::move(selection.units, std::back_inserter(names));
  }
  options.units = std::move(names);
  return {};
}

Exit run(Options options) {
  const auto longest = semantics::parse_span(options.longest);
  if (!longest || longest->length <= 0s) {
    return refuse("--timeout: '" + options.longest + "': expected a time span, such as 5m");
  }
  if (options.units.empty() != options.restore) {
    return refuse("exercise: expected units, or --restore");
  }
  if (!options.user && ::geteuid() != 0) {
    return refuse("exercise: must be run as root");
  }
  if (!options.restore && !options.yes && ::isatty(STDIN_FILENO) != 1) {
    return refuse("exercise: standard input is not a terminal; --yes does not ask");
  }
  try {
    options.longest_step = std::min<Duration>(longest->length, 24h);
    ExerciseSession session(options);
    if (options.restore) {
      return session.restore_left();
    }
    config::Loaded loaded = config::load(locations(options));
    for (const config::Problem& problem : loaded.problems) {
      std::cerr << config::text(problem) << "\n";
    }
    if (!loaded.problems.empty()) {
      return Exit::usage;
    }
    if (const auto errors = expand(options, loaded.configuration); !errors.empty()) {
      return refuse(errors.front());
    }
    return session.run(std::move(loaded.configuration));
  } catch (const std::system_error& error) {
    print_write_error(error, options.user);
    return Exit::usage;
  }
}
}  // namespace

void add_exercise(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("exercise", "Stop and start units, use their toggles, restore all");
  auto options = std::make_shared<Options>();
  command->add_option("UNIT", options->units, "Units to exercise, one after the other");
  add_location_options(*command, *options);
  command->add_option("--socket", options->socket, "Socket of the daemon")->type_name("PATH");
  command->add_flag("--yes,-y", options->yes, "Do not ask");
  command->add_flag("--no-toggles", options->no_toggles, "Neither mask nor disable");
  command->add_option("--timeout", options->longest, "Longest time of one start or stop, 5m")
      ->type_name("SPAN");
  command->add_flag("--restore", options->restore, "Restore what an exercise left that was killed");
  command->footer(
      "Each unit is stopped and must release its processes and addresses; started, and must "
      "pass\n"
      "again every check of its spec that it passed before; masked at run time; disabled and\n"
      "enabled. Units that stop with it are started again. What is found is written to\n"
      "/var/lib/checklistctl/exercises before the first step, and restored at the end, also after\n"
      "a failure, SIGINT, SIGTERM or SIGHUP. checklistd acknowledges the outage meanwhile.\n\n"
      "Exit status: 0 every step passed, 1 a step failed or it was interrupted, 3 usage, or the\n"
      "unit cannot be exercised.\n\n"
      "Examples:\n"
      "  checklistctl exercise nginx\n"
      "  checklistctl exercise --yes 'ollama*' llamacpp\n"
      "  checklistctl exercise --restore");
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
