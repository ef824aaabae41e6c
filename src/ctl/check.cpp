// SPDX-License-Identifier: MIT
// checklistctl check: loads the specs, observes until every fact is known, and prints the report.
#include <memory>

#include <CLI/CLI.hpp>

#include "ctl/standalone.hpp"

namespace checklist::ctl {
namespace {
struct Options : StandaloneOptions {
  std::string format = "table";
};

bool all_pass(const Report& report) {
  return render::worst(report) <= Status::pass;
}

Exit run(const Options& options) {
  const StandaloneReport seen = run_checks(options, all_pass);
  if (!seen.report) {
    return seen.refused;
  }
  print(*seen.report, options.format == "json" ? Format::json : Format::table, Rows::all);
  return exit_for(*seen.report);
}
}  // namespace

void add_check(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("check", "Check the units now, without the daemon");
  auto options = std::make_shared<Options>();
  command->add_option("unit", options->units, "Units to show (default: all, and the host)");
  add_standalone_options(*command, *options);
  command->add_option("--format", options->format, "Output format: table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
