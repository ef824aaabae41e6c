// SPDX-License-Identifier: MIT
// checklistctl ack: acknowledges a failure, which then raises no alerts until a given time. The
// record is a file that only root may write and that the daemon reads, as that of `forget`.
#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <system_error>

#include <CLI/CLI.hpp>

#include "checklist/check.hpp"
#include "checklist/params/error.hpp"
#include "checklist/params/read.hpp"

#include "ctl/check_names.hpp"
#include "ctl/command.hpp"
#include "ctl/execute.hpp"
#include "ctl/link/daemon_report.hpp"
#include "ctl/output.hpp"
#include "ctl/records.hpp"
#include "ctl/units.hpp"
#include "render/label.hpp"
#include "render/moment.hpp"
#include "semantics/time/deadline.hpp"
#include "semantics/unit/spec_name.hpp"
#include "store/json_records.hpp"

namespace checklist::ctl {
namespace {
struct Options : DaemonOptions {
  std::string unit;
  std::string check;
  std::string until;
  std::string reason;
  std::string command;  // of --while
  bool host = false;
  bool list = false;
  bool remove = false;
  std::string directory;
};

template <class Names>
bool is_among(const std::string& what, const std::string& word, const Names& known) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  if (std::ranges::find(views, word) != views.end()) {
    return true;
  }
  std::cerr << "checklistctl: " << what << " '" << render::printable(word) << "'"
            << (views.empty() ? "" : ": " + suggestion(word, views)) << "\n";
  return false;
}

// What is acknowledged, for messages.
std::string subject_of(const std::string& unit, const std::string& check) {
  return render::printable(unit) + " " +
         (check.empty() ? "(every check)" : render::printable(check));
}

// Whether the unit or the host has the check. If the daemon does not respond, only the check's name
// is verified.
bool is_known(const Options& options) {
  const auto report = daemon_report(options);
  if (!report.mistake.empty()) {
    std::cerr << "checklistctl: warning: cannot connect to checklistd; it reads the record when it "
                 "starts\n";
    return options.check.empty() ||
           is_among("no check", options.check,
                    options.host ? names_in(all_host_checks()) : names_in(all_checks()));
  }
  std::vector<std::string> names;
  std::vector<std::string> checks;
  if (options.host && report.host) {
    names.emplace_back(semantics::host_name);
    std::ranges::transform(report.host->checks, std::back_inserter(checks), &CheckResult::check);
  }
  const std::string manager = own_manager(options.user);
  for (const auto& service : report.services) {
    names.push_back(semantics::row_spec_name(*service, manager));
    if (names.back() == options.unit) {
      std::ranges::transform(service->checks, std::back_inserter(checks), &CheckResult::check);
    }
  }
  return is_among("no spec for", options.unit, names) &&
         (options.check.empty() || is_among(options.unit + " has no check", options.check, checks));
}

Exit list(const store::AcknowledgedFile& file, WallTime now) {
  const auto content = file.read();
  if (!content.error.empty()) {
    return refuse(content.error + "; correct or remove it");
  }
  for (const auto& [what, each] : content.records) {
    std::cout << render::printable(what.first) << "  "
              << (what.second.empty() ? "every check" : render::printable(what.second))
              << (each.until > now ? "  until " : "  ended ") << render::moment(each.until)
              << "  by " << render::printable(each.by) << ": " << render::printable(each.reason)
              << "\n";
  }
  return Exit::pass;
}

// Applies `edit`, which returns a message, or "" if it refused. An invalid file is not overwritten,
// so that it can be corrected.
Exit change(const Options& options, const store::AcknowledgedFile& file,
            const std::function<std::string(Acknowledgements&)>& edit) {
  try {
    const store::RecordHold hold = file.hold();
    auto content = file.read();
    if (!content.error.empty()) {
      return refuse(content.error + "; correct or remove it");
    }
    const std::string done = edit(content.records);
    if (done.empty()) {
      return Exit::usage;
    }
    file.write(content.records);
    std::cout << done << "\n";
    return Exit::pass;
  } catch (const std::system_error& error) {
    print_write_error(error, options.user);
    return Exit::usage;
  }
}

using Key = Acknowledgements::key_type;

// Adds what the options say; `previous` is what it replaces.
Exit add(const Options& options, const store::AcknowledgedFile& file, WallTime now,
         std::optional<Acknowledgement>& previous) {
  const auto until = semantics::parse_deadline(options.until, now);
  if (!until) {
    return refuse("--until '" + render::printable(options.until) +
                  "': expected a time, such as 3d, 2026-12-24 or 2026-12-24T18:00:00Z");
  }
  if (*until <= now) {
    return refuse("--until " + render::moment(*until) + " is in the past");
  }
  if (options.reason.find_first_not_of(" \t\n") == std::string::npos) {
    return refuse("--reason: expected a reason");
  }
  if (!is_known(options)) {
    return Exit::usage;
  }
  return change(options, file, [&](Acknowledgements& all) {
    std::erase_if(all, [now](const auto& each) { return each.second.until <= now; });
    const Key key{options.unit, options.check};
    if (const auto at = all.find(key); at != all.end()) {
      previous = at->second;
    }
    all[key] = {.until = *until, .reason = options.reason, .by = invoking_user()};
    return subject_of(options.unit, options.check) + " is acknowledged until " +
           render::moment(*until);
  });
}

Exit remove(const Options& options, const store::AcknowledgedFile& file) {
  return change(options, file, [&](Acknowledgements& all) -> std::string {
    if (all.erase({options.unit, options.check}) == 0) {
      refuse(subject_of(options.unit, options.check) +
             " is not acknowledged; see checklistctl ack --list");
      return {};
    }
    return subject_of(options.unit, options.check) + " is no longer acknowledged";
  });
}

// Acknowledges while the command runs; afterwards what held before holds again.
Exit run_command(Options options, const store::AcknowledgedFile& file, WallTime now) {
  options.until = options.until.empty() ? "1h" : options.until;
  options.reason = options.reason.empty() ? "a command of `checklistctl ack` runs" : options.reason;
  std::optional<Acknowledgement> previous;
  if (const Exit refused = add(options, file, now, previous); refused != Exit::pass) {
    return refused;
  }
  std::cout.flush();
  const Executed done = execute({"/bin/sh", "-c", options.command}, Interruption::possible);
  const Exit left = change(options, file, [&](Acknowledgements& all) {
    const Key key{options.unit, options.check};
    all.erase(key);
    if (previous) {
      all.emplace(key, *previous);
    }
    return "the command " + done.how + "; " + subject_of(options.unit, options.check) +
           (previous ? " is acknowledged as before" : " is no longer acknowledged");
  });
  return left == Exit::pass ? static_cast<Exit>(done.status) : left;
}

Exit run(Options options) {
  const store::AcknowledgedFile file(options.directory.empty() ? own_paths(options.user).records
                                                               : options.directory);
  const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  if (options.list) {
    return list(file, now);
  }
  if (options.host && options.check.empty()) {
    options.check = options.unit;  // the only argument
    options.unit = semantics::host_name;
  } else if (!options.host) {
    options.unit = options.unit.empty() ? "" : unit_name(options.unit);
  }
  if (options.unit.empty() || (options.host && options.check.empty()) ||
      (options.host && options.unit != semantics::host_name)) {
    return refuse("ack: expected UNIT, UNIT CHECK, --host CHECK, or --list");
  }
  if (!options.command.empty()) {
    return run_command(options, file, now);
  }
  std::optional<Acknowledgement> previous;
  return options.remove ? remove(options, file) : add(options, file, now, previous);
}
}  // namespace

void add_ack(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("ack", "Acknowledge a failure: no alerts until TIME");
  auto options = std::make_shared<Options>();
  command->add_option("UNIT", options->unit, "Unit, or USER/UNIT");
  command->add_option("CHECK", options->check,
                      "Check that fails; by default every check of the unit");
  command->add_option("--until", options->until, "3d, 2026-12-24 or 2026-12-24T18:00:00Z")
      ->type_name("TIME");
  command->add_option("--reason", options->reason, "Why the failure is acceptable for now")
      ->type_name("TEXT");
  command->add_flag("--host", options->host, "CHECK is one of the host, without UNIT");
  auto* during =
      command
          ->add_option("--while", options->command,
                       "Acknowledge until COMMAND, which a shell executes, has ended; at "
                       "most for an hour without --until")
          ->type_name("COMMAND");
  auto* remove = command->add_flag("--remove", options->remove, "Remove the acknowledgement")
                     ->excludes(during);
  command->add_flag("--list", options->list, "List acknowledgements")
      ->excludes(remove)
      ->excludes(during);
  add_daemon_options(*command, *options);
  command->add_option("--records-dir", options->directory, "Directory of the record")
      ->type_name("DIR");
  command->footer(
      "With --while the exit status is that of COMMAND, and 128 and the number of the signal that "
      "killed it.\n\n"
      "Examples:\n"
      "  checklistctl ack llamacpp service_state --until 3d --reason \"moves on Friday\"\n"
      "  checklistctl ack llamacpp service_state --remove\n"
      "  checklistctl ack grafana --until 30m --reason \"upgrade\"\n"
      "  checklistctl ack grafana --while 'apt-get install grafana'\n"
      "  checklistctl ack --host failed_units --until 2026-12-24 --reason \"known, see #12\"\n"
      "  checklistctl ack --list");
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
