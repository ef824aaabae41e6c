// SPDX-License-Identifier: MIT
#include "daemon/figures.hpp"

namespace checklist::daemon {
namespace {
render::DurationFigures figures_of(const DurationHistogram& durations) {
  return {.at_most = durations.at_most(), .count = durations.count(), .sum = durations.sum()};
}
}  // namespace

void add_engine_figures(render::Figures& out, const engine::Figures& engine,
                        const std::string& manager) {
  out.bus_up = engine.bus_up;
  out.bus_reconnects = engine.bus_reconnects;
  out.signals = engine.signals;
  out.evaluations = engine.evaluations;
  out.evaluation_duration = figures_of(engine.evaluation_durations);
  for (const engine::ObserverState& state : engine.observers) {
    out.observers.push_back({.name = state.name,
                             .up = state.is_up,
                             .last_success = state.last_success,
                             .duration = state.duration});
  }
  for (const auto& [unit, durations] : engine.probes) {
    out.probes.push_back({.unit = unit, .manager = manager, .duration = figures_of(durations)});
  }
  for (const auto& [unit, usage] : engine.usages) {
    out.usages.push_back({.unit = unit,
                          .manager = manager,
                          .memory_bytes = usage.memory_bytes,
                          .tasks = usage.tasks,
                          .cpu = usage.cpu});
  }
  for (const auto& [unit, counts] : engine.messages) {
    out.messages.push_back({.unit = unit, .manager = manager, .counts = counts});
  }
}
}  // namespace checklist::daemon
