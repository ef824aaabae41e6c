// SPDX-License-Identifier: MIT
// A metric family while it is filled, in prometheus-cpp's model.
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

Labels with(Labels labels, const Labels& more);

double seconds(WallTime time);

inline constexpr std::size_t longest_label = 120;  // bytes

class Family {
 public:
  // `name` without the prefix "checklist_"; HELP is one line.
  static Family gauge(const std::string& name, std::string help);
  static Family counter(const std::string& name, std::string help);

  Family(std::string name, std::string help, prometheus::MetricType type);

  // Labels are made valid and cut here. One series is added once: texts that differ only beyond
  // the cut would otherwise be one series twice, which Prometheus rejects.
  void add(const Labels& labels, double value, std::size_t text_bytes = longest_label);

  // A stateset: a series for every state, and 1 for the one that holds.
  template <class E>
  void add_states(const Labels& labels, const std::string& label, E holds) {
    for (const auto& [state, name] : names<E>) {
      add(with(labels, {{label, std::string(name)}}), state == holds ? 1 : 0);
    }
  }

  [[nodiscard]] std::size_t size() const { return family_.metric.size(); }

  prometheus::MetricFamily take() { return std::move(family_); }

 private:
  prometheus::MetricFamily family_;
  std::unordered_set<std::string> series_;  // by their labels
};
}  // namespace checklist::render
