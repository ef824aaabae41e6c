// SPDX-License-Identifier: MIT
// Builds a metric family in prometheus-cpp's model.
#pragma once
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <prometheus/metric_family.h>

#include "checklist/names.hpp"
#include "checklist/time.hpp"

namespace checklist::render {
using Labels = std::vector<std::pair<std::string, std::string>>;

// Returns `labels` followed by `more`.
Labels with(Labels labels, const Labels& more);

// Returns seconds since 1970, with fractions.
double seconds(WallTime time);

inline constexpr std::size_t longest_label = 120;  // bytes

class Family {
 public:
  // `name` excludes the prefix "checklist_"; `help` must be a single line.
  static Family gauge(const std::string& name, std::string help);
  static Family counter(const std::string& name, std::string help);

  Family(std::string name, std::string help, prometheus::MetricType type);

  // Adds a series; label values are passed through printable() with `text_bytes`. A series whose
  // labels are already present is ignored, because Prometheus rejects duplicates: values that
  // differ only after the cut become equal.
  void add(const Labels& labels, double value, std::size_t text_bytes = longest_label);

  // Adds a stateset as in OpenMetrics: one series per state, with the value 1 for `current`,
  // otherwise 0.
  template <class E>
  void add_states(const Labels& labels, const std::string& label, E current) {
    for (const auto& [state, name] : names<E>) {
      add(with(labels, {{label, std::string(name)}}), state == current ? 1 : 0);
    }
  }

  [[nodiscard]] std::size_t size() const { return family_.metric.size(); }

  prometheus::MetricFamily take() { return std::move(family_); }

 private:
  prometheus::MetricFamily family_;
  std::unordered_set<std::string> series_;  // their labels, joined
};
}  // namespace checklist::render
