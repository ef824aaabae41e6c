// SPDX-License-Identifier: MIT
// Converts reports and figures to metric families in prometheus-cpp's model.
#pragma once
#include <vector>

#include <prometheus/metric_family.h>

#include "checklist/limits.hpp"
#include "checklist/report.hpp"

#include "render/figures.hpp"

namespace checklist::render {
// Each overload returns the same families in the same order at every call; a family may have no
// series.
std::vector<prometheus::MetricFamily> families_of(const ServiceReport& service,
                                                  const Limits& limits = {});
std::vector<prometheus::MetricFamily> families_of(const HostReport& host,
                                                  const Limits& limits = {});
std::vector<prometheus::MetricFamily> families_of(const Figures& figures);
}  // namespace checklist::render
