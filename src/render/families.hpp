// SPDX-License-Identifier: MIT
// The families of the exposition as prometheus-cpp's model, before they are text.
#pragma once
#include <vector>

#include <prometheus/metric_family.h>

#include "checklist/report.hpp"

#include "render/figures.hpp"

namespace checklist::render {
// Always the same families in the same order, some of them without a series.
std::vector<prometheus::MetricFamily> families_of(const ServiceReport& service);
std::vector<prometheus::MetricFamily> families_of(const HostReport& host);
std::vector<prometheus::MetricFamily> families_of(const Figures& figures);
}  // namespace checklist::render
