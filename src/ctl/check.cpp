// SPDX-License-Identifier: MIT
// checklistctl check: loads the specs, observes until every answer is there, prints, exits.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <optional>

#include <CLI/CLI.hpp>
#include <pwd.h>
#include <unistd.h>

#include "config/configuration.hpp"
#include "ctl/command.hpp"
#include "engine/engine.hpp"
#include "semantics/span.hpp"
#include "store/state_file.hpp"

namespace checklist::ctl {
namespace {
using namespace std::chrono_literals;

constexpr Duration longest_look = 12s;        // until everything asked for is answered
constexpr Duration longest_wait = 365 * 24h;  // --wait infinity

struct Options {
  std::vector<std::string> units;
  std::vector<std::string> directories;
  std::string file;
  std::string state_directory;
  std::string wait = "0";
  std::string format = "table";
  bool user = false;
};

config::Locations locations(const Options& options) {
  const passwd* me = getpwuid(getuid());
  config::Locations out = options.user && me != nullptr
                              ? config::user_locations(me->pw_name, me->pw_dir)
                              : config::system_locations();
  if (!options.directories.empty()) {
    out.directories = options.directories;
    out.user_directories.clear();
  }
  if (!options.file.empty()) {
    out.daemon_file = options.file;
    out.daemon_file_required = true;
  }
  return out;
}

// Where the daemon keeps what only it can have seen.
std::string state_directory(const Options& options, const config::Locations& from) {
  if (!options.state_directory.empty()) {
    return options.state_directory;
  }
  if (from.user.empty()) {
    return "/var/lib/checklistd";
  }
  const char* state = std::getenv("XDG_STATE_HOME");
  const passwd* me = getpwuid(getuid());
  const std::string home = me != nullptr ? me->pw_dir : "";
  return (state != nullptr ? std::string(state) : home + "/.local/state") + "/checklistd";
}

// Everything valid and every unit known; otherwise it is told, and nothing is observed.
std::optional<config::Configuration> configuration(Options& options,
                                                   const config::Locations& from) {
  config::Loaded loaded = config::load(from);
  for (const config::Problem& problem : loaded.problems) {
    std::cerr << config::text(problem) << "\n";
  }
  std::vector<std::string_view> known;
  for (const config::Service& service : loaded.configuration.services) {
    known.emplace_back(service.spec.unit);
  }
  const bool usable = loaded.problems.empty() && all_known(options.units, known);
  return usable ? std::optional(std::move(loaded.configuration)) : std::nullopt;
}

// Of the units that were named; nothing when the manager has not answered at all.
std::optional<Report> observed(const engine::Engine& engine, const Options& options) {
  const auto whole = engine.report();
  if (!whole) {
    return std::nullopt;
  }
  Report report = *whole;
  keep(report, options.units);
  return report;
}

std::optional<Report> observe(const Options& options, const config::Locations& from,
                              config::Configuration configuration, Duration wait) {
  const bool user = !from.user.empty();
  event::Loop loop;
  engine::Engine engine(loop, user ? bus::Scope::user : bus::Scope::system,
                        user ? "user:" + from.user : "system", std::move(configuration),
                        [](const Report&) {});
  engine.hear_nobody({"standalone", "only the daemon hears users' instances",
                      "run `checklistctl status`, which asks the daemon"});
  if (const auto state = store::StateFile(state_directory(options, from) + "/state.json").peek()) {
    engine.restore_records(*state);
  }
  loop.run_until([&engine] { return engine.settled(); }, longest_look);
  const auto passes = [&engine, &options] {
    const auto report = observed(engine, options);
    return report && render::worst(*report) <= Status::pass;
  };
  if (wait > 0s && !passes()) {
    loop.run_until(passes, std::min(wait, longest_wait));
  }
  return observed(engine, options);
}

Exit run(Options options) {
  const auto wait = semantics::parse_span(options.wait);
  if (!wait) {
    std::cerr << "checklistctl: --wait: '" << options.wait
              << "' is no time span, as \"15m\" or \"1h 30s\"\n";
    return Exit::usage;
  }
  const config::Locations from = locations(options);
  auto usable = configuration(options, from);
  if (!usable) {
    return Exit::usage;
  }
  const auto report = observe(options, from, std::move(*usable), wait->length);
  if (!report) {
    std::cerr << "checklistctl: the service manager does not answer\n";
    return Exit::unknown;
  }
  print(*report, options.format == "json" ? Format::json : Format::table, Rows::all);
  return exit_for(*report);
}
}  // namespace

void add_check(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("check", "Observe the units now, without the daemon, and say what fails");
  auto options = std::make_shared<Options>();
  command->add_option("unit", options->units, "Only these units");
  command->add_option("--services-dir", options->directories,
                      "Read specs from here instead (repeatable)");
  command->add_option("--config", options->file, "The daemon's configuration file");
  command->add_option("--state-dir", options->state_directory,
                      "Where the daemon keeps its state, which is read and left as it is");
  command->add_option("--wait", options->wait, "Wait so long for everything to pass, as \"5m\"");
  command->add_option("--format", options->format, "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->add_flag("--user", options->user, "Check this user's own services");
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
