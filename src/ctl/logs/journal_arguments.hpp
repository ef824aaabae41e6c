// SPDX-License-Identifier: MIT
// The command line of journalctl(1) for units of any manager.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace checklist::ctl {
struct LoggingUnit {
  std::string unit;
  std::optional<uid_t> user = std::nullopt;  // whose manager runs it; nullopt: the system's
};

struct LogOptions {
  bool follow = false;
  std::string lines;
  std::string since;
  std::string boot = "0";
};

// Returns the program and its arguments. `caller` is the user who runs it: journalctl's --user-unit
// means units of the caller, so those of other users are selected by fields
// (systemd.journal-fields(7)).
std::vector<std::string> journal_arguments(const std::vector<LoggingUnit>& units,
                                           const LogOptions& options, uid_t caller);
}  // namespace checklist::ctl
