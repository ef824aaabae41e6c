// SPDX-License-Identifier: MIT
// checklistctl gate: checks, and runs a rollback command on failure.
#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "ctl/baseline.hpp"
#include "ctl/execute.hpp"
#include "ctl/link/awaited_report.hpp"
#include "ctl/link/daemon_report.hpp"
#include "ctl/output.hpp"
#include "ctl/standalone.hpp"
#include "ctl/units.hpp"
#include "render/label.hpp"
#include "semantics/time/span.hpp"

namespace checklist::ctl {
namespace {
struct Options : StandaloneOptions {
  bool daemon = false;  // judges the daemon's report
  std::string socket;
  std::string baseline;
  bool strict = false;
  bool on_fail = false;
  std::vector<std::string> command;
};

constexpr const char* manual =
    "Everything after --on-fail is COMMAND, which is executed without a shell. It runs at most\n"
    "once, when all checks pass or --wait is over, on exit status 1 (with --strict also on 2).\n"
    "The exit status is that of the checks, whatever COMMAND returns, and 1 if a check that "
    "passed\n"
    "in --baseline is missing. Checks that did not pass in --baseline neither run COMMAND nor are\n"
    "waited for, but count for the exit status. The host check generation never runs COMMAND:\n"
    "the rollback is what it asks for, or a reboot is.\n\n"
    "With --daemon the report of the running checklistd is judged, with the units of all users\n"
    "whose instances report, and must pass for two seconds. If it does not respond, units are\n"
    "checked as without --daemon.\n\n"
    "SIGINT and SIGTERM end the gate before COMMAND runs and are ignored while it runs, because "
    "an\n"
    "interrupted rollback is worse than a complete one. To stop it, send SIGTERM to COMMAND.\n\n"
    "Run it as root: what cannot be read is unknown, not failed.\n\n"
    "Examples:\n"
    "  checklistctl status --format json > /run/baseline.json\n"
    "  checklistctl gate --wait 5m --on-fail nixos-rebuild switch --rollback\n"
    "  checklistctl gate --wait 5m --baseline /run/baseline.json --on-fail /usr/local/bin/rollback";

// The manager whose units count; nothing: those of every manager.
std::optional<std::string> manager_of(const Options& options) {
  return options.daemon ? std::nullopt : std::optional(own_manager(options.user));
}

bool has_units(const Report& report, const std::string& manager) {
  return std::ranges::any_of(
      report.services, [&manager](const auto& service) { return service->manager == manager; });
}

// Returns false if the baseline is unusable; the error has been printed, and COMMAND must not run.
bool load_baseline(const Options& options, std::optional<Report>& out) {
  if (options.baseline.empty()) {
    return true;
  }
  render::ParsedReport report = read_baseline(options.baseline);
  if (report.mistake.empty() && !has_units(report, own_manager(options.user))) {
    report.mistake = "contains no unit of manager '" + own_manager(options.user) + "'";
  }
  if (!report.mistake.empty()) {
    std::cerr << "checklistctl: --baseline: '" << render::printable(options.baseline)
              << "': " << render::printable(report.mistake) << "\n";
    return false;
  }
  out = std::move(report);
  return true;
}

void print_differences(const Verdict& verdict) {
  for (const std::string& name : verdict.missing) {
    std::cout << "missing: " << name << " passed in the baseline and is no longer checked\n";
  }
  for (const std::string& name : verdict.not_counted) {
    std::cout << "not counted: " << name << " did not pass in the baseline\n";
  }
}

void run_rollback(const std::vector<std::string>& command) {
  std::cout << "running " << render::printable(command.front()) << std::endl;
  std::cout << render::printable(command.front()) << " " << execute(command).how << "\n";
}

// Returns the report to judge: that of the daemon, else that of run_checks().
StandaloneReport report_to_judge(const Options& options, const Enough& enough) {
  const auto wait = semantics::parse_span(options.wait);
  if (!options.daemon || !wait) {
    return run_checks(options, enough);
  }
  const DaemonOptions daemon{.socket = options.socket, .user = options.user};
  AwaitedReport seen =
      awaited_report(socket_of(daemon), std::min(wait->length, longest_wait), enough);
  if (!seen.error.empty() || !seen.report) {
    std::cout << "no response from checklistd: " << render::printable(seen.error)
              << "; checking without it" << std::endl;
    StandaloneOptions now = options;
    now.wait = "0";
    return run_checks(now, enough);
  }
  return {.report = std::move(seen.report)};
}

Exit run(const Options& options) {
  // CLI11 leaves an unknown option at the beginning of the command.
  if (options.command.empty() || options.command.front().starts_with('-')) {
    std::cerr << "checklistctl: --on-fail: expected a command"
              << (options.command.empty() ? "" : " after it, unknown option ")
              << (options.command.empty() ? "" : render::printable(options.command.front()))
              << "\n";
    return Exit::usage;
  }
  std::optional<Report> baseline;
  if (!load_baseline(options, baseline)) {
    return Exit::usage;
  }
  const auto verdict_on = [&baseline, of = manager_of(options)](const Report& report) {
    return judge(report, baseline, of);
  };
  const StandaloneReport seen = report_to_judge(options, [&verdict_on](const Report& report) {
    return verdict_on(report).worst <= Status::pass;
  });
  if (!seen.report) {
    const Exit exit = refuse(Format::table, seen.errors, seen.refused);
    if (seen.refused == Exit::unknown && options.strict) {
      run_rollback(options.command);
    }
    return exit;
  }
  const Verdict verdict = verdict_on(*seen.report);
  print(*seen.report, Format::table, Rows::not_passing);
  print_differences(verdict);
  if (verdict.worst == Status::fail || (options.strict && verdict.worst == Status::unknown)) {
    run_rollback(options.command);
  }
  return verdict.missing.empty() ? exit_for(*seen.report) : Exit::fail;
}
}  // namespace

void add_gate(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("gate", "Check, and run COMMAND on failure");
  command->footer(manual);
  auto options = std::make_shared<Options>();
  add_standalone_options(*command, *options);
  command->get_option("--wait")->required();
  command->add_flag("--daemon", options->daemon,
                    "Judge the report of the running checklistd, users' units included");
  command->add_option("--socket", options->socket, "Socket of checklistd, for --daemon")
      ->type_name("PATH");
  command->add_flag("--strict", options->strict, "Also run COMMAND if a check is unknown");
  command
      ->add_option("--baseline", options->baseline,
                   "A report in JSON: only checks that passed in it count")
      ->type_name("FILE");
  command->add_flag("--on-fail", options->on_fail, "Followed by COMMAND and its arguments")
      ->required();
  command->prefix_command();
  command->callback([command, options, &exit] {
    options->command = command->remaining();
    exit = run(*options);
  });
}
}  // namespace checklist::ctl
