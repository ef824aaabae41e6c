// SPDX-License-Identifier: MIT
// checklistctl gate: check, then the way back if something fails.
#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "ctl/baseline.hpp"
#include "ctl/execute.hpp"
#include "ctl/standalone.hpp"
#include "render/label.hpp"

namespace checklist::ctl {
namespace {
struct Options : LookOptions {
  std::string baseline;
  bool strict = false;
  bool on_fail = false;
  std::vector<std::string> command;
};

constexpr const char* help =
    "Check as `check` does, and run COMMAND when something fails.\n"
    "Everything after --on-fail is COMMAND; it is executed without a shell. It runs at most once, "
    "after everything passed or --wait is over, on exit 1 (with --strict: 2, too), never on 3. "
    "The exit code is the check's, whatever COMMAND returned, and 1 if a check that passed in "
    "--baseline is missing. With --baseline, what did not pass in it neither runs COMMAND nor "
    "is waited for, but the exit code tells of it.\n"
    "SIGINT or SIGTERM before COMMAND ends the gate without it. While COMMAND runs both are "
    "ignored, for half a rollback is worse than a whole one: to stop it, send SIGTERM to COMMAND.\n"
    "Run it as root: what cannot be seen is unknown, not failed.";

bool has_units(const Report& report, const std::string& manager) {
  return std::ranges::any_of(
      report.services, [&manager](const auto& service) { return service->manager == manager; });
}

// False: it is told, and nothing may run.
bool load_baseline(const Options& options, std::optional<Report>& out) {
  if (options.baseline.empty()) {
    return true;
  }
  render::ParsedReport report = read_baseline(options.baseline);
  if (report.mistake.empty() && !has_units(report, own_manager(options.user))) {
    report.mistake = "no unit of '" + own_manager(options.user) + "' is in it";
  }
  if (!report.mistake.empty()) {
    std::cerr << "checklistctl: --baseline: '" << render::printable(options.baseline)
              << "': " << render::printable(report.mistake) << "\n";
    return false;
  }
  out = std::move(report);
  return true;
}

void tell(const Verdict& verdict) {
  for (const std::string& name : verdict.missing) {
    std::cout << "missing: " << name << " passed in the baseline and is checked no more\n";
  }
  for (const std::string& name : verdict.not_counted) {
    std::cout << "not counted: " << name << " did not pass in the baseline\n";
  }
}

void go_back(const std::vector<std::string>& command) {
  std::cout << "running " << render::printable(command.front()) << std::endl;
  std::cout << render::printable(command.front()) << " " << execute(command) << "\n";
}

Exit run(const Options& options) {
  // CLI11 leaves a misspelt option where the command begins.
  if (options.command.empty() || options.command.front().starts_with('-')) {
    std::cerr << "checklistctl: --on-fail needs a command"
              << (options.command.empty() ? "" : ", and no option is called ")
              << (options.command.empty() ? "" : render::printable(options.command.front()))
              << "\n";
    return Exit::usage;
  }
  std::optional<Report> baseline;
  if (!load_baseline(options, baseline)) {
    return Exit::usage;
  }
  const auto verdict_on = [&baseline, of = own_manager(options.user)](const Report& report) {
    return judge(report, baseline, of);
  };
  const Observation seen = look(options, [&verdict_on](const Report& report) {
    return verdict_on(report).worst <= Status::pass;
  });
  if (!seen.report) {
    if (seen.refused == Exit::unknown && options.strict) {
      go_back(options.command);
    }
    return seen.refused;
  }
  const Verdict verdict = verdict_on(*seen.report);
  print(*seen.report, Format::table, Rows::not_passing);
  tell(verdict);
  if (verdict.worst == Status::fail || (options.strict && verdict.worst == Status::unknown)) {
    go_back(options.command);
  }
  return verdict.missing.empty() ? exit_for(*seen.report) : Exit::fail;
}
}  // namespace

void add_gate(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("gate", help);
  auto options = std::make_shared<Options>();
  add_look_options(*command, *options);
  command->get_option("--wait")->required();
  command->add_flag("--strict", options->strict, "Unknown is reason enough, too");
  command->add_option("--baseline", options->baseline,
                      "A JSON report: only checks that passed in it count");
  command->add_flag("--on-fail", options->on_fail, "COMMAND and its arguments follow")->required();
  command->prefix_command();
  command->callback([command, options, &exit] {
    options->command = command->remaining();
    exit = run(*options);
  });
}
}  // namespace checklist::ctl
