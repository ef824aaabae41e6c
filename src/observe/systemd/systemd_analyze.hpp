// SPDX-License-Identifier: MIT
// Runs systemd-analyze(1) without blocking the loop, for data that only systemd's code computes.
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
  Duration at_most = std::chrono::seconds(60);  // PID 1 may not respond for 30 s
};

// Starts it for the manager of `scope`. `done` receives its output, or the error if it failed.
std::unique_ptr<event::ChildOutput> analyze(
    event::Loop& loop, bus::Scope scope, const AnalyzeOptions& options,
    const std::vector<std::string>& arguments,
    std::function<void(const Observed<std::string>& output)> done);
}  // namespace checklist::observe
