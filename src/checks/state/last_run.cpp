// SPDX-License-Identifier: MIT
#include "checks/state/last_run.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "semantics/unit/exit_status.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
// ExecMainCode= is the si_code of SIGCHLD (sigaction(2)).
std::string code_name(std::int64_t code) {
  constexpr std::array<std::string_view, 4> names{"", "exited", "killed", "dumped"};
  return code > 0 && code < 4 ? std::string(names.at(static_cast<std::size_t>(code)))
                              : std::string();
}
}  // namespace

std::optional<Run> run_in_properties(View& see) {
  if (semantics::unit_type(see.unit()) != "service") {
    return std::nullopt;
  }
  const auto ended = see.moment("ExecMainExitTimestampMonotonic");
  const std::string result = see.text("Result");
  if (!ended || result.empty()) {
    return std::nullopt;
  }
  const auto code = see.property<std::int64_t>("ExecMainCode").value_or(0);
  const auto status = see.property<std::int64_t>("ExecMainStatus").value_or(0);
  const std::string name = code_name(code);
  std::string how;
  if (!name.empty()) {
    how = name == "exited" ? std::to_string(status)
                           : semantics::signal_name(static_cast<int>(status));
  }
  return Run{
      .ended = *ended, .this_boot = true, .result = result, .exit_code = name, .exit_status = how};
}
}  // namespace checklist::checks
