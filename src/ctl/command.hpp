// SPDX-License-Identifier: MIT
// Shared by the commands of checklistctl: exit statuses and how it is added.
#pragma once

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11's own name
class App;
}

namespace checklist::ctl {
enum class Exit { pass = 0, fail = 1, unknown = 2, usage = 3, unreachable = 4 };

// Each adds its command, which sets `exit`.
void add_ack(CLI::App& app, Exit& exit);
void add_add(CLI::App& app, Exit& exit);
void add_capture(CLI::App& app, Exit& exit);
void add_diff(CLI::App& app, Exit& exit);
void add_check(CLI::App& app, Exit& exit);
void add_status(CLI::App& app, Exit& exit);
void add_logs(CLI::App& app, Exit& exit);
void add_watch(CLI::App& app, Exit& exit);
void add_exercise(CLI::App& app, Exit& exit);
void add_verify_config(CLI::App& app, Exit& exit);
void add_explain(CLI::App& app, Exit& exit);
void add_forget(CLI::App& app, Exit& exit);
void add_gate(CLI::App& app, Exit& exit);
void add_schema(CLI::App& app, Exit& exit);
}  // namespace checklist::ctl
