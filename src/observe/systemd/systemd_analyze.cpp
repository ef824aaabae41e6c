// SPDX-License-Identifier: MIT
#include "observe/systemd/systemd_analyze.hpp"

#include <cstdlib>
#include <system_error>

namespace checklist::observe {
namespace {
// Excludes NOTIFY_SOCKET, WATCHDOG_* and LISTEN_* of this process.
std::vector<std::string> environment() {
  std::vector<std::string> out{"LC_ALL=C.UTF-8", "SYSTEMD_COLORS=0", "SYSTEMD_EMOJI=0",
                               "SYSTEMD_PAGER=cat", "SYSTEMD_LOG_TARGET=console"};
  for (const char* name : {"PATH", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"}) {
    if (const char* value = std::getenv(name)) {
      out.push_back(std::string(name) + "=" + value);
    }
  }
  return out;
}

std::string last_line(const std::string& text) {
  const auto end = text.find_last_not_of('\n');
  const auto begin = text.rfind('\n', end);
  return end == std::string::npos ? "" : text.substr(begin + 1, end - begin);
}

Observed<std::string> output_of(const event::ChildResult& result, const std::string& program) {
  using End = event::ChildResult::End;
  switch (result.end) {
    case End::not_started:
      return Unseen{
          "unsupported",
          program + " cannot be executed: " + std::system_category().message(result.status),
          "install systemd-analyze and allow it in SystemCallFilter= of checklistd.service"};
    case End::timed_out:
      return Unseen{"bus", program + " timed out", ""};
    case End::killed:
      return Unseen{"own_sandbox",
                    program + " was killed by signal " + std::to_string(result.status),
                    "check the sandbox options of checklistd.service"};
    case End::exited:
      break;
  }
  if (result.status != 0) {
    return Unseen{"unsupported", program + " failed: " + last_line(result.output), ""};
  }
  return result.output;
}
}  // namespace

std::unique_ptr<event::ChildOutput> analyze(
    event::Loop& loop, bus::Scope scope, const AnalyzeOptions& options,
    const std::vector<std::string>& arguments,
    std::function<void(const Observed<std::string>& output)> done) {
  std::vector<std::string> command{options.program, "--no-pager"};
  if (scope == bus::Scope::user) {
    command.emplace_back("--user");
  }
  command.insert(command.end(), arguments.begin(), arguments.end());
  return std::make_unique<event::ChildOutput>(
      loop, command, environment(), options.at_most,
      [program = options.program, done = std::move(done)](const event::ChildResult& result) {
        done(output_of(result, program));
      });
}
}  // namespace checklist::observe
