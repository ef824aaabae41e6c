// SPDX-License-Identifier: MIT
// The families of the exposition as prometheus-cpp's model, before they are text.
#pragma once
#include <vector>

#include <prometheus/metric_family.h>

#include "checklist/report.hpp"

#include "render/figures.hpp"

namespace checklist::render {
// What bounds the findings that do not pass.
struct Limits {
  std::size_t findings = 32;     // of one unit, and of the host
  std::size_t text_bytes = 120;  // of each of their texts
};

// Always the same families in the same order, some of them without a series.
std::vector<prometheus::MetricFamily> families_of(const ServiceReport& service,
                                                  const Limits& limits = {});
std::vector<prometheus::MetricFamily> families_of(const HostReport& host,
                                                  const Limits& limits = {});
std::vector<prometheus::MetricFamily> families_of(const Figures& figures);
}  // namespace checklist::render
