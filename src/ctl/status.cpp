// SPDX-License-Identifier: MIT
// checklistctl status: prints the report of the running daemon, read from its unix socket.
#include <algorithm>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "ctl/command.hpp"
#include "ctl/daemon_report.hpp"
#include "ctl/records.hpp"
#include "render/label.hpp"

namespace checklist::ctl {
namespace {
struct Options {
  std::vector<std::string> units;
  std::string socket;
  std::string format = "table";
  bool failed = false;
  bool user = false;
};

Exit run(Options options) {
  const std::string standard = own_paths(options.user).socket();
  const std::string& socket = options.socket.empty() ? standard : options.socket;
  render::ParsedReport report = daemon_report(socket);
  if (!report.mistake.empty()) {
    std::cerr << "checklistctl: cannot connect to checklistd at '" << socket
              << "': " << render::printable(report.mistake) << "\nSee `systemctl "
              << (options.user ? "--user " : "")
              << "status checklistd`, or run `checklistctl check`, which needs no daemon.\n";
    return Exit::unreachable;
  }
  std::vector<std::string_view> known;
  std::ranges::transform(report.services, std::back_inserter(known),
                         [](const auto& service) { return std::string_view(service->unit); });
  if (!all_known(options.units, known)) {
    return Exit::usage;
  }
  keep(report, options.units);
  print(report, options.format == "json" ? Format::json : Format::table,
        options.failed ? Rows::not_passing : Rows::all);
  return exit_for(report);
}
}  // namespace

void add_status(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("status", "Show the report of the running daemon");
  auto options = std::make_shared<Options>();
  command->add_option("unit", options->units, "Units to show (default: all, and the host)");
  command->add_flag("--failed", options->failed, "Show only units with a check that does not pass");
  command->add_option("--format", options->format, "Output format: table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->add_flag("--user", options->user, "For the user's instance of checklistd");
  command->add_option("--socket", options->socket, "Socket of checklistd")->type_name("PATH");
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
