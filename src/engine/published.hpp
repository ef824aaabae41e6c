// SPDX-License-Identifier: MIT
// What users' instances published, and what stands in its place when they are silent: unknown,
// never nothing.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checklist/report.hpp"
#include "checklist/spec.hpp"

namespace checklist::engine {
class Published {
 public:
  using Services = std::vector<std::shared_ptr<const ServiceReport>>;

  // Whether that differs from what the manager published before.
  bool take(const std::string& manager, Services services, TimePoint now);
  // Whether a report became too old to be believed since the last call.
  bool grow_old(TimePoint now);
  [[nodiscard]] std::optional<TimePoint> next_to_grow_old() const;

  // Of every manager, with rows of `expected` for those who never reported them.
  [[nodiscard]] Services services(const std::vector<Spec>& expected, WallTime wall) const;

 private:
  struct Entry {
    Services services;
    TimePoint heard;
    bool old = false;
  };

  std::map<std::string, Entry> entries_;  // by manager
};
}  // namespace checklist::engine
