// SPDX-License-Identifier: MIT
// The commands that hints quote. Each function returns one between backticks, quoted for a shell
// and with --user if the unit belongs to a user's manager: "`systemctl --user restart x.service`".
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include "checklist/spec.hpp"
#include "checklist/view.hpp"

#include "semantics/text/shell.hpp"

namespace checklist::checks {
// Returns any program with these arguments.
inline std::string shell_command(std::initializer_list<std::string_view> words) {
  std::string out = "`";
  for (const std::string_view word : words) {
    out += (out.size() > 1 ? " " : "") + semantics::shell_word(word);
  }
  return out + "`";
}

// Returns a unit's name as an argument. The root file system's is "-.mount", which is no option.
inline std::string unit_word(const Spec& spec, std::string_view unit) {
  const std::string_view name = unit.empty() ? std::string_view(spec.unit) : unit;
  return (name.starts_with('-') ? "-- " : "") + semantics::shell_word(name);
}

inline std::string command(const Spec& spec, const std::string& program,
                           const std::string& arguments) {
  return "`" + program + (spec.user.empty() ? " " : " --user ") + arguments + "`";
}

// Returns systemctl(1) with a verb for the unit, by default the spec's own.
inline std::string systemctl(const Spec& spec, const std::string& verb,
                             std::string_view unit = {}) {
  return command(spec, "systemctl", verb + " " + unit_word(spec, unit));
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
                 "-u " + semantics::shell_word(unit.empty() ? spec.unit : unit) +
                     (options.empty() ? "" : " " + options));
}

inline std::string journalctl(const View& see, std::string_view unit = {},
                              const std::string& options = {}) {
  return journalctl(see.spec(), unit, options);
}

// Returns checklistctl(1) with a verb, for the daemon of the spec's manager.
inline std::string checklistctl(const Spec& spec, const std::string& verb,
                                const std::string& argument = {}) {
  return "`checklistctl " + verb + (spec.user.empty() ? "" : " --user") +
         (argument.empty() ? "" : " " + semantics::shell_word(argument)) + "`";
}

// Returns systemd-analyze(1) with a verb for the spec's own unit, as "verify" or "security".
inline std::string systemd_analyze(const View& see, const std::string& verb) {
  return command(see.spec(), "systemd-analyze", verb + " " + unit_word(see.spec(), see.unit()));
}
}  // namespace checklist::checks
