// SPDX-License-Identifier: MIT
// Reads the report of the running daemon from its unix socket.
#pragma once
#include <string>

#include "render/report_json.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11's own name
class App;
}

namespace checklist::ctl {
constexpr const char* report_path = "/api/v1/report";

// The instance that a command addresses.
struct DaemonOptions {
  std::string socket;  // empty: the standard one
  bool user = false;
};

// Adds --user and --socket. `options` must outlive the parsing.
void add_daemon_options(CLI::App& command, DaemonOptions& options);

std::string socket_of(const DaemonOptions& options);

// Returns the report; `mistake` is set if there is no response within 10 s, or none that is a
// report.
render::ParsedReport daemon_report(const DaemonOptions& options);

// Returns the error of a command that needs the daemon.
std::string unreachable(const DaemonOptions& options, const std::string& why);
}  // namespace checklist::ctl
