// SPDX-License-Identifier: MIT
// Shared by the commands of checklistctl: exit statuses and printing of reports.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "checklist/report.hpp"

#include "render/table.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11's own name
class App;
}

namespace checklist::ctl {
enum class Exit { pass = 0, fail = 1, unknown = 2, usage = 3, unreachable = 4 };

Exit exit_for(const Report& report);

enum class Format { table, json };
enum class Rows { all, not_passing };  // of the matrix, or of "services" in JSON

void print(const Report& report, Format format, Rows rows);

// Colours only on a terminal, and only without NO_COLOR (https://no-color.org).
render::Colour colour_of_terminal();

// Appends ".service" to names without a suffix, as systemctl does. Returns whether every unit has a
// spec; prints those that have none.
bool all_known(std::vector<std::string>& units, const std::vector<std::string_view>& known);

// Removes all other units and the host from the report, unless `units` is empty.
void keep(Report& report, const std::vector<std::string>& units);

// Returns "system", or "user:NAME" of this user.
std::string own_manager(bool user);

// Each adds its command, which sets `exit`.
void add_ack(CLI::App& app, Exit& exit);
void add_check(CLI::App& app, Exit& exit);
void add_status(CLI::App& app, Exit& exit);
void add_verify_config(CLI::App& app, Exit& exit);
void add_explain(CLI::App& app, Exit& exit);
void add_forget(CLI::App& app, Exit& exit);
void add_gate(CLI::App& app, Exit& exit);
void add_schema(CLI::App& app, Exit& exit);
}  // namespace checklist::ctl
