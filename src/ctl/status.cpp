// SPDX-License-Identifier: MIT
// checklistctl status: prints the report of the running daemon, read from its unix socket.
#include <memory>

#include <CLI/CLI.hpp>

#include "ctl/command.hpp"
#include "ctl/link/daemon_report.hpp"
#include "ctl/output.hpp"
#include "ctl/units.hpp"

namespace checklist::ctl {
namespace {
struct Options : DaemonOptions {
  std::vector<std::string> units;
  Format format = Format::table;
  bool failed = false;
};

Exit run(const Options& options) {
  render::ParsedReport report = daemon_report(options);
  if (!report.mistake.empty()) {
    return refuse(options.format, {unreachable(options, report.mistake)}, Exit::unreachable);
  }
  const std::string manager = own_manager(options.user);
  const Selection selection = select_units(options.units, names_of_units(report, manager));
  if (!selection.errors.empty()) {
    return refuse(options.format, selection.errors, Exit::usage);
  }
  keep(report, selection.units, manager);
  print(report, options.format, options.failed ? Rows::not_passing : Rows::all);
  return exit_for(report, options.format);
}
}  // namespace

void add_status(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("status", "Show the report of the running daemon");
  auto options = std::make_shared<Options>();
  add_units(*command, options->units);
  command->add_flag("--failed", options->failed, "Show only units with a check that does not pass");
  add_format(*command, options->format);
  add_daemon_options(*command, *options);
  command->footer(
      "Examples:\n"
      "  checklistctl status --failed\n"
      "  checklistctl status 'ollama*' grafana\n"
      "  checklistctl status --format nagios");
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
