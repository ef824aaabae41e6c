// SPDX-License-Identifier: MIT
// checklistctl logs: executes journalctl for the units of the checklist.
#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <memory>
#include <system_error>

#include <CLI/CLI.hpp>
#include <pwd.h>
#include <unistd.h>

#include "ctl/command.hpp"
#include "ctl/link/daemon_report.hpp"
#include "ctl/link/known_units.hpp"
#include "ctl/logs/journal_arguments.hpp"
#include "ctl/output.hpp"
#include "ctl/units.hpp"
#include "semantics/unit/spec_name.hpp"

namespace checklist::ctl {
namespace {
struct Options : DaemonOptions {
  std::vector<std::string> units;
  LogOptions journal;
};

std::optional<uid_t> user_of(const std::string& manager) {
  const auto colon = manager.find(':');
  const passwd* user =
      colon == std::string::npos ? nullptr : ::getpwnam(manager.substr(colon + 1).c_str());
  return user != nullptr ? std::optional(user->pw_uid) : std::nullopt;
}

std::vector<LoggingUnit> logging(const Report& report) {
  std::vector<LoggingUnit> out;
  for (const auto& service : report.services) {
    out.push_back({.unit = service->unit, .user = user_of(service->manager)});
  }
  return out;
}

// Whether the caller may read the system's journal, or there is none: journalctl reports that.
bool may_read_journal() {
  bool any = false;
  for (const char* root : {"/var/log/journal", "/run/log/journal"}) {
    std::error_code ignored;
    for (const auto& machine : std::filesystem::directory_iterator(root, ignored)) {
      const auto file = machine.path() / "system.journal";
      if (::access(file.c_str(), R_OK) == 0) {
        return true;
      }
      any = any || errno == EACCES;
    }
  }
  return !any;
}

Exit execute(std::vector<std::string> words) {
  std::vector<char*> arguments;
  std::ranges::transform(words, std::back_inserter(arguments),
                         [](std::string& word) { return word.data(); });
  arguments.push_back(nullptr);
  ::execvp(arguments.front(), arguments.data());
  return refuse(Format::table, {words.front() + ": " + std::generic_category().message(errno)},
                Exit::usage);
}

Exit run(const Options& options) {
  Report report = known_units(options);
  const std::string manager = own_manager(options.user);
  const Selection selection = select_units(options.units, names_of_units(report, manager));
  if (!selection.errors.empty()) {
    return refuse(Format::table, selection.errors, Exit::usage);
  }
  keep(report, selection.units, manager);
  const std::vector<LoggingUnit> units = logging(report);
  if (units.empty()) {
    return refuse(Format::table, {"no unit has a spec"}, Exit::usage);
  }
  const bool only_own = std::ranges::all_of(
      units, [](const LoggingUnit& each) { return each.user == std::optional(::getuid()); });
  if (!only_own && !may_read_journal()) {
    return refuse(Format::table,
                  {"no permission to read the system's journal: run it as root, or as a member of "
                   "the group systemd-journal"},
                  Exit::usage);
  }
  return execute(journal_arguments(units, options.journal, ::getuid()));
}
}  // namespace

void add_logs(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("logs", "Show the journal of units, by journalctl");
  auto options = std::make_shared<Options>();
  add_units(*command, options->units);
  command->add_flag("-f,--follow", options->journal.follow, "Follow new messages");
  command->add_option("-n,--lines", options->journal.lines, "Show the last N messages")
      ->type_name("N");
  command->add_option("--since", options->journal.since, "Show messages since TIME, such as -1h")
      ->type_name("TIME");
  command
      ->add_option("--boot", options->journal.boot,
                   "Show messages of a boot (default: 0, this one)")
      ->type_name("OFFSET");
  add_daemon_options(*command, *options);
  command->footer(
      "Examples:\n"
      "  checklistctl logs 'ollama*' -f\n"
      "  checklistctl logs llamacpp -n 50\n"
      "  checklistctl logs --since=-10min");
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
