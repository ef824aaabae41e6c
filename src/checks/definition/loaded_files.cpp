// SPDX-License-Identifier: MIT
#include "checks/definition/loaded_files.hpp"

#include <algorithm>

#include "checks/definition/exec_command.hpp"
#include "checks/definition/next_start.hpp"
#include "checks/state/unit_process.hpp"
#include "checks/view/command.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;

// A deployment reloads first and then restarts.
constexpr Duration time_to_restart = 5s;

// Returns how a file on disk differs from the loaded one; empty if it does not.
std::string difference(const DefinitionFile* loaded, const DefinitionFile& now) {
  if (loaded == nullptr) {
    return "not loaded yet";
  }
  if (now == *loaded) {
    return {};
  }
  return now.target.empty()             ? "missing or masked"
         : now.target != loaded->target ? "link target changed, or file replaced"
                                        : "changed on disk";
}

Findings changed_files(const Definition& definition, const View& see) {
  Findings out;
  for (const DefinitionFile& now : definition.on_disk) {
    const auto at = std::ranges::find(definition.loaded, now.path, &DefinitionFile::path);
    const auto what = difference(at != definition.loaded.end() ? &*at : nullptr, now);
    if (!what.empty()) {
      out.push_back(fail({.subject = now.path,
                          .reason = "not_loaded",
                          .expected = "as loaded by systemd",
                          .observed = what,
                          .hint = "run " + daemon_reload(see)}));
    }
  }
  return out;
}

// NeedDaemonReload= compares mtimes, and is set by the drop-ins that `systemctl set-property`
// writes.
bool is_reload_needed(const Definition& definition) {
  const bool is_set = std::ranges::any_of(definition.loaded, [](const DefinitionFile& file) {
    return file.path.find("/system.control/") != std::string::npos;
  });
  return definition.reload_needed && !is_set;
}

// A reload makes PID 1 forget the PID of each command: if it is known, the process was started
// since the last one. Without a main process that of a command is its parent's.
bool is_of_this_load(const UnitProcess& process, View& see) {
  return std::ranges::any_of(exec_commands(see, "ExecStart"), [&process](const auto& each) {
    return process.is_main ? each.pid == process.pid : each.pid != 0;
  });
}
}  // namespace

Findings as_loaded(const Definition& definition, const View& see) {
  constexpr auto subject = "files";
  constexpr auto expected = "as loaded by systemd";
  Findings out = changed_files(definition, see);
  if (!out.empty()) {
    return out;
  }
  return {is_reload_needed(definition)
              ? fail({.subject = subject,
                      .reason = "not_loaded",
                      .expected = expected,
                      .observed = "systemd reports changes on disk (NeedDaemonReload=)",
                      .hint = "run " + daemon_reload(see)})
              : pass({.subject = subject, .expected = expected, .observed = expected})};
}

Findings process_definition(const Definition& definition, const Unit& unit, View& see) {
  constexpr auto subject = "process";
  constexpr auto expected = "started with the loaded definition";
  const bool is_up = unit.active == ActiveState::active || unit.active == ActiveState::reloading ||
                     unit.active == ActiveState::refreshing;
  if (!is_up || semantics::unit_type(unit.id) != "service") {
    return {};
  }
  if (const auto gap =
          see.unseen_among({"MainPID", "ExecMainStartTimestampMonotonic", "ExecStart"})) {
    return {unknown(subject, expected, *gap)};
  }
  const auto process = unit_process(see);
  if (!process) {
    return {unknown(subject, expected, process.unseen())};
  }
  if (process->pid == 0 || !process->started) {
    return {};
  }
  const auto& changed = definition.changed;
  if (is_of_this_load(*process, see) || (changed && *process->started >= *changed)) {
    return {pass({.subject = subject, .expected = expected, .observed = expected})};
  }
  const std::string restart = restart_advice(see);
  if (!changed) {
    return {unknown(
        {.subject = subject,
         .reason = "not_seen",
         .expected = expected,
         .observed = "started before its unit files last changed; the previous content is unknown",
         .hint = restart + ", or wait for the next start"})};
  }
  return {see.passed(*changed + time_to_restart)
              ? fail({.subject = subject,
                      .reason = "restart_needed",
                      .expected = expected,
                      .observed = "started with a previous definition",
                      .hint = restart})
              : pass({.subject = subject,
                      .expected = expected,
                      .observed = "definition was loaded just now"})};
}
}  // namespace checklist::checks
