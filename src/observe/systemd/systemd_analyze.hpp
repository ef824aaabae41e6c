// SPDX-License-Identifier: MIT
// systemd-analyze(1), run beside the loop: it knows what only systemd's own code knows.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "checklist/observed.hpp"

#include "bus/bus.hpp"
#include "event/child_output.hpp"

namespace checklist::observe {
struct AnalyzeOptions {
  std::string program = "systemd-analyze";
  Duration at_most = std::chrono::seconds(60);  // PID 1 may be silent for half a minute
};

// Starts it for the manager of `scope`; `done` gets what it printed if it succeeded.
std::unique_ptr<event::ChildOutput> analyze(
    event::Loop& loop, bus::Scope scope, const AnalyzeOptions& options,
    const std::vector<std::string>& arguments,
    std::function<void(const Observed<std::string>& output)> done);
}  // namespace checklist::observe
