// SPDX-License-Identifier: MIT
// checklistctl status: prints the report of the running daemon, read from its unix socket.
#include <memory>

#include <CLI/CLI.hpp>

#include "ctl/command.hpp"
#include "ctl/daemon_report.hpp"
#include "ctl/output.hpp"
#include "ctl/records.hpp"
#include "ctl/units.hpp"
#include "render/label.hpp"

namespace checklist::ctl {
namespace {
struct Options {
  std::vector<std::string> units;
  std::string socket;
  Format format = Format::table;
  bool failed = false;
  bool user = false;
};

std::string unreachable(const std::string& socket, const std::string& why, bool user) {
  return "cannot connect to checklistd at '" + socket + "': " + render::printable(why) +
         "; see `systemctl " + (user ? "--user " : "") +
         "status checklistd`, or run `checklistctl check`, which needs no daemon";
}

Exit run(const Options& options) {
  const std::string standard = own_paths(options.user).socket();
  const std::string& socket = options.socket.empty() ? standard : options.socket;
  render::ParsedReport report = daemon_report(socket);
  if (!report.mistake.empty()) {
    return refuse(options.format, {unreachable(socket, report.mistake, options.user)},
                  Exit::unreachable);
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
  command->add_flag("--user", options->user, "For the user's instance of checklistd");
  command->add_option("--socket", options->socket, "Socket of checklistd")->type_name("PATH");
  command->footer(
      "Examples:\n"
      "  checklistctl status --failed\n"
      "  checklistctl status 'ollama*' grafana\n"
      "  checklistctl status --format nagios");
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
