// SPDX-License-Identifier: MIT
// Reads the report of the running daemon from its unix socket.
#pragma once
#include <string>

#include "render/report_json.hpp"

namespace checklist::ctl {
// Returns the report; `mistake` is set if there is no response within 10 s, or none that is a
// report.
render::ParsedReport daemon_report(const std::string& socket);
}  // namespace checklist::ctl
