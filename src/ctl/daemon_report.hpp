// SPDX-License-Identifier: MIT
// The report of the running daemon, over its unix socket.
#pragma once
#include <string>

#include "render/report_json.hpp"

namespace checklist::ctl {
// Where the daemon of this user, or of the system, listens.
std::string system_socket();
std::string user_socket();

// `mistake` says why there is none: nobody answers within 10 s, or what answers is no daemon.
render::ParsedReport daemon_report(const std::string& socket);
}  // namespace checklist::ctl
