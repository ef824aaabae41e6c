// SPDX-License-Identifier: MIT
// What the commands of checklistctl share: exit codes, and the report as a person or a program
// wants it.
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

// Whether each of `units` has a spec; one that has none is told on stderr with the nearest. A name
// without a suffix is completed with ".service" first, as systemctl does.
bool all_known(std::vector<std::string>& units, const std::vector<std::string_view>& known);

// Leaves only these units in the report, and nothing of the host; everything when none are named.
void keep(Report& report, const std::vector<std::string>& units);

// Whose units are looked at: "system", or "user:dev" for this user's own.
std::string own_manager(bool user);

// Each registers its command; `exit` takes what it ended with.
void add_ack(CLI::App& app, Exit& exit);
void add_check(CLI::App& app, Exit& exit);
void add_status(CLI::App& app, Exit& exit);
void add_verify_config(CLI::App& app, Exit& exit);
void add_explain(CLI::App& app, Exit& exit);
void add_forget(CLI::App& app, Exit& exit);
void add_gate(CLI::App& app, Exit& exit);
void add_schema(CLI::App& app, Exit& exit);
}  // namespace checklist::ctl
