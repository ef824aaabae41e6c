// SPDX-License-Identifier: MIT
// checklistctl forget: removes a spec that was deleted on purpose from `coverage`. The record is a
// file that only root may write and that the daemon reads, so that the daemon needs no other access
// control.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <optional>
#include <system_error>
#include <thread>

#include <CLI/CLI.hpp>

#include "checklist/params/error.hpp"

#include "ctl/command.hpp"
#include "ctl/link/daemon_report.hpp"
#include "ctl/locations.hpp"
#include "ctl/records.hpp"
#include "ctl/units.hpp"
#include "render/label.hpp"
#include "store/json_records.hpp"

namespace checklist::ctl {
namespace {
using namespace std::chrono_literals;
constexpr auto longest_reload = 10s;
constexpr auto pause = 100ms;

struct Options : DaemonOptions {
  std::string unit;
  std::string directory;
};

// Returns the specs that `coverage` reports as vanished.
std::vector<std::string> vanished(const Report& report) {
  std::vector<std::string> out;
  for (const CheckResult& result : report.host ? report.host->checks : std::vector<CheckResult>{}) {
    for (const Finding& finding : result.findings) {
      if (result.check == "coverage" && finding.reason == "vanished") {
        out.push_back(finding.subject);
      }
    }
  }
  return out;
}

bool has_spec(const Options& options) {
  const config::Loaded loaded =
      config::load(locations({.directories = {}, .file = {}, .user = options.user}));
  return std::ranges::any_of(loaded.configuration.services, [&options](const auto& each) {
    const Spec& spec = each.spec;
    return spec.unit == options.unit || spec.user + '/' + spec.unit == options.unit;
  });
}

// Whether the daemon has yet to read that the spec is gone: it watches the unit, and no file has a
// spec of it. The daemon reads its files after `systemctl reload` has returned.
bool is_unread(const Report& report, const Options& options) {
  const bool is_watched = std::ranges::any_of(report.services, [&options](const auto& service) {
    const std::string user = service->manager.substr(service->manager.find(':') + 1);
    return service->unit == options.unit || user + '/' + service->unit == options.unit;
  });
  return is_watched && !has_spec(options);
}

// Returns the report once the daemon has read its files, or after a few seconds.
render::ParsedReport settled_report(const Options& options) {
  const auto until = std::chrono::steady_clock::now() + longest_reload;
  render::ParsedReport report = daemon_report(options);
  while (report.mistake.empty() && is_unread(report, options) &&
         std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(pause);
    report = daemon_report(options);
  }
  return report;
}

// Whether the daemon reports the spec as vanished; true if it does not respond.
bool is_missed(const Options& options) {
  const std::string& unit = options.unit;
  const render::ParsedReport report = settled_report(options);
  if (!report.mistake.empty()) {
    std::cerr << "checklistctl: warning: cannot connect to checklistd; it reads the record when it "
                 "starts\n";
    return true;
  }
  const auto all = vanished(report);
  if (std::ranges::find(all, unit) != all.end()) {
    return true;
  }
  std::cerr << "checklistctl: no vanished spec '" << render::printable(unit) << "'"
            << (all.empty() ? ""
                            : ": " + suggestion(unit, std::vector<std::string_view>(all.begin(),
                                                                                    all.end())))
            << "\n";
  return false;
}

Exit run(Options options) {
  options.unit = unit_name(options.unit);
  if (!is_missed(options)) {
    return Exit::usage;
  }
  const store::ForgottenFile file(options.directory.empty() ? own_paths(options.user).records
                                                            : options.directory);
  const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  try {
    store::add(file, options.unit, now);
  } catch (const std::system_error& error) {
    print_write_error(error, options.user);
    return Exit::usage;
  }
  std::cout << render::printable(options.unit) << " is forgotten\n";
  return Exit::pass;
}
}  // namespace

void add_forget(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("forget", "Remove a spec that was deleted on purpose from coverage");
  auto options = std::make_shared<Options>();
  command->add_option("UNIT", options->unit, "Unit, or USER/UNIT")->required();
  add_daemon_options(*command, *options);
  command->add_option("--records-dir", options->directory, "Directory of the record")
      ->type_name("DIR");
  command->footer("Example:\n  checklistctl forget old.service");
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
