// SPDX-License-Identifier: MIT
#include "render/family.hpp"

#include <utility>

#include "render/label.hpp"

namespace checklist::render {
using prometheus::ClientMetric;
using prometheus::MetricType;

Labels with(Labels labels, const Labels& more) {
  labels.insert(labels.end(), more.begin(), more.end());
  return labels;
}

double seconds(WallTime time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

Family Family::gauge(const std::string& name, std::string help) {
  return {"checklist_" + name, std::move(help), MetricType::Gauge};
}

Family Family::counter(const std::string& name, std::string help) {
  return {"checklist_" + name, std::move(help), MetricType::Counter};
}

Family::Family(std::string name, std::string help, MetricType type)
    : family_{.name = std::move(name), .help = std::move(help), .type = type, .metric = {}} {}

void Family::add(const Labels& labels, double value, std::size_t text_bytes) {
  constexpr char separator = '\xff';  // never occurs in UTF-8
  ClientMetric metric;
  std::string series;
  for (const auto& [name, text] : labels) {
    metric.label.push_back({name, printable(text, text_bytes)});
    series += name + '=' + metric.label.back().value + separator;
  }
  if (!series_.insert(std::move(series)).second) {
    return;
  }
  (family_.type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  family_.metric.push_back(std::move(metric));
}
}  // namespace checklist::render
