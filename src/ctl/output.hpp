// SPDX-License-Identifier: MIT
// Prints reports in the formats of --format, and errors where the reader of a format looks for
// them.
#pragma once
#include <string>
#include <vector>

#include "checklist/names.hpp"
#include "checklist/report.hpp"

#include "ctl/command.hpp"

namespace checklist::ctl {
enum class Format { table, json, junit, tap, markdown, nagios };
enum class Rows { all, not_passing };  // the units that are shown

// Adds --format.
void add_format(CLI::App& command, Format& format);

void print(const Report& report, Format format, Rows rows);

// Returns the exit status for a report: in the format nagios that of a plugin, 0 to 3.
Exit exit_for(const Report& report, Format format = Format::table);

// Prints the errors, and returns the exit status of a command that has no report: `exit`, or 3 of a
// plugin. Plugins and producers of TAP report errors on standard output, too. No errors means that
// those of the configuration have been printed.
Exit refuse(Format format, const std::vector<std::string>& errors, Exit exit);

// Prints an error of usage, and returns its exit status.
Exit refuse(const std::string& why);
}  // namespace checklist::ctl

namespace checklist {
template <>
inline constexpr auto names<ctl::Format> = names_of<ctl::Format>({{ctl::Format::table, "table"},
                                                                  {ctl::Format::json, "json"},
                                                                  {ctl::Format::junit, "junit"},
                                                                  {ctl::Format::tap, "tap"},
                                                                  {ctl::Format::markdown,
                                                                   "markdown"},
                                                                  {ctl::Format::nagios, "nagios"}});
}  // namespace checklist
