// SPDX-License-Identifier: MIT
// Converts reports and figures to metric families in prometheus-cpp's model.
#pragma once
#include <vector>

#include <prometheus/metric_family.h>

#include "checklist/limits.hpp"
#include "checklist/optional_metrics.hpp"
#include "checklist/report.hpp"

#include "render/figures.hpp"

namespace checklist::render {
// What is exported of a report.
struct Selection {
  Limits limits{};
  OptionalMetrics metrics{};
};

// Each overload returns the same families in the same order at every call; a family may have no
// series.
std::vector<prometheus::MetricFamily> families_of(const ServiceReport& service,
                                                  const Selection& selection = {});
std::vector<prometheus::MetricFamily> families_of(const HostReport& host,
                                                  const Selection& selection = {});
std::vector<prometheus::MetricFamily> families_of(const Figures& figures,
                                                  const OptionalMetrics& metrics = {});
}  // namespace checklist::render
