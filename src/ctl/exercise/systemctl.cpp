// SPDX-License-Identifier: MIT
#include "ctl/exercise/systemctl.hpp"

#include <optional>
#include <system_error>

#include <unistd.h>

#include "event/child_output.hpp"

namespace checklist::ctl {
namespace {
std::vector<std::string> environment_of_this_process() {
  std::vector<std::string> out;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    out.emplace_back(*entry);
  }
  return out;
}

std::string trimmed(std::string text) {
  text.erase(text.find_last_not_of(" \n") + 1);
  return text;
}
}  // namespace

Systemctl::Done Systemctl::run(const std::vector<std::string>& arguments, Duration longest) {
  std::vector<std::string> command{"systemctl", "--no-ask-password"};
  if (user_) {
    command.emplace_back("--user");
  }
  command.insert(command.end(), arguments.begin(), arguments.end());
  std::optional<event::ChildResult> result;
  const event::ChildOutput child(
      loop_, command, environment_of_this_process(), longest,
      [&result](event::ChildResult ended) { result = std::move(ended); });
  loop_.run_until([&result] { return result.has_value(); }, longest + std::chrono::seconds(1));
  if (!result) {
    return {.output = "no result in time"};
  }
  using End = event::ChildResult::End;
  switch (result->end) {
    case End::exited:
      return {.succeeded = result->status == 0, .output = trimmed(result->output)};
    case End::not_started:
      return {.output = "systemctl: " + std::generic_category().message(result->status)};
    default:
      return {.output = "no result in time"};
  }
}
}  // namespace checklist::ctl
