// SPDX-License-Identifier: MIT
// Waits for a report of the running daemon.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "checklist/report.hpp"
#include "checklist/time.hpp"

namespace checklist::ctl {
struct AwaitedReport {
  std::optional<Report> report;  // the last one; nothing if the daemon has not responded
  std::string error;             // why there is no connection at the end; empty if there is one
};

// Follows the daemon of the socket until `enough` has been true for its reports for two seconds, or
// `wait` is over: what has just changed may not be in the first one yet, and a service may end soon
// after its start. The daemon has 10 s for its first response, even if `wait` is shorter. Throws
// std::system_error.
AwaitedReport awaited_report(const std::string& socket, Duration wait,
                             const std::function<bool(const Report&)>& enough);
}  // namespace checklist::ctl
