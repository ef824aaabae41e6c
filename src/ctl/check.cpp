// SPDX-License-Identifier: MIT
// checklistctl check: loads the specs, observes until every fact is known, and prints the report.
#include <memory>

#include <CLI/CLI.hpp>

#include "ctl/output.hpp"
#include "ctl/standalone.hpp"
#include "ctl/units.hpp"
#include "render/summary.hpp"

namespace checklist::ctl {
namespace {
struct Options : StandaloneOptions {
  Format format = Format::table;
};

bool all_pass(const Report& report) {
  return render::worst(report) <= Status::pass;
}

Exit run(const Options& options) {
  const StandaloneReport seen = run_checks(options, all_pass);
  if (!seen.report) {
    return refuse(options.format, seen.errors, seen.refused);
  }
  print(*seen.report, options.format, Rows::all);
  return exit_for(*seen.report, options.format);
}
}  // namespace

void add_check(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("check", "Check the units now, without the daemon");
  auto options = std::make_shared<Options>();
  add_units(*command, options->units);
  add_standalone_options(*command, *options);
  add_format(*command, options->format);
  command->footer(
      "Examples:\n"
      "  checklistctl check --wait 5m\n"
      "  checklistctl check --format junit > checklist.xml\n"
      "  checklistctl check --user");
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
