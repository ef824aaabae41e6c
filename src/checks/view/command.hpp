// SPDX-License-Identifier: MIT
// The commands that hints quote. Each function returns one between backticks, with --user if the
// unit belongs to a user's manager: "`systemctl --user restart x.service`".
#pragma once
#include <string>
#include <string_view>

#include "checklist/spec.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
inline std::string command(const Spec& spec, const std::string& program,
                           const std::string& arguments) {
  return "`" + program + (spec.user.empty() ? " " : " --user ") + arguments + "`";
}

// Returns systemctl(1) with a verb for the unit, by default the spec's own.
inline std::string systemctl(const Spec& spec, const std::string& verb,
                             std::string_view unit = {}) {
  return command(spec, "systemctl", verb + " " + std::string(unit.empty() ? spec.unit : unit));
}

inline std::string systemctl(const View& see, const std::string& verb, std::string_view unit = {}) {
  return systemctl(see.spec(), verb, unit);
}

// Returns systemctl(1) with a verb that takes no unit, as "list-jobs".
inline std::string manager_command(const Spec& spec, const std::string& verb) {
  return command(spec, "systemctl", verb);
}

inline std::string manager_command(const View& see, const std::string& verb) {
  return manager_command(see.spec(), verb);
}

inline std::string daemon_reload(const View& see) {
  return manager_command(see, "daemon-reload");
}

// Returns journalctl(1) for the unit, by default the spec's own; `options` follow the unit.
inline std::string journalctl(const Spec& spec, std::string_view unit = {},
                              const std::string& options = {}) {
  return command(spec, "journalctl",
                 "-u " + std::string(unit.empty() ? spec.unit : unit) +
                     (options.empty() ? "" : " " + options));
}

inline std::string journalctl(const View& see, std::string_view unit = {},
                              const std::string& options = {}) {
  return journalctl(see.spec(), unit, options);
}

// Returns checklistctl(1) with a verb, for the daemon of the spec's manager.
inline std::string checklistctl(const Spec& spec, const std::string& verb,
                                const std::string& arguments = {}) {
  return "`checklistctl " + verb + (spec.user.empty() ? "" : " --user") +
         (arguments.empty() ? "" : " " + arguments) + "`";
}

// Returns systemd-analyze(1) with a verb for the spec's own unit, as "verify" or "security".
inline std::string systemd_analyze(const View& see, const std::string& verb) {
  return command(see.spec(), "systemd-analyze", verb + " " + see.unit());
}
}  // namespace checklist::checks
