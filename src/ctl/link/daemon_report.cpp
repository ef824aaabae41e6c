// SPDX-License-Identifier: MIT
#include "ctl/link/daemon_report.hpp"

#include <CLI/CLI.hpp>

#include "ctl/link/request.hpp"
#include "ctl/records.hpp"
#include "render/label.hpp"

namespace checklist::ctl {
namespace {
constexpr long timeout_seconds = 10;
}  // namespace

void add_daemon_options(CLI::App& command, DaemonOptions& options) {
  command.add_flag("--user", options.user, "For the user's instance of checklistd");
  command.add_option("--socket", options.socket, "Socket of checklistd")->type_name("PATH");
}

std::string socket_of(const DaemonOptions& options) {
  return options.socket.empty() ? own_paths(options.user).socket() : options.socket;
}

render::ParsedReport daemon_report(const DaemonOptions& options) {
  const Request request(socket_of(options), report_path, timeout_seconds);
  const std::string error = request.error(curl_easy_perform(request.handle()));
  if (error.empty()) {
    return render::parse_report(request.body());
  }
  render::ParsedReport none;
  none.mistake = error;
  return none;
}

std::string unreachable(const DaemonOptions& options, const std::string& why) {
  return "cannot connect to checklistd at '" + socket_of(options) + "': " + render::printable(why) +
         "; see `systemctl " + (options.user ? "--user " : "") +
         "status checklistd`, or run `checklistctl check`, which needs no daemon";
}
}  // namespace checklist::ctl
