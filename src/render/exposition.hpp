// SPDX-License-Identifier: MIT
// Serializes a report and the daemon's figures in Prometheus' text format, version 0.0.4. The
// samples of a service are cached, one string per family, until that service's report changes.
#pragma once
#include <string>
#include <vector>

#include "checklist/report.hpp"

#include "render/families.hpp"
#include "render/figures.hpp"
#include "render/per_service.hpp"

namespace checklist::render {
class Exposition {
 public:
  // Sets what is exported and drops every cached sample.
  void select(const Selection& selection);
  // Returns the whole exposition. HELP and TYPE of a family occur once, and its samples are
  // adjacent, as the format requires; families without samples are omitted.
  std::string text(const Report& report, const Figures& figures);

 private:
  using Samples = std::vector<std::string>;  // of one service; one element per family

  Selection selection_;
  PerService<Samples> samples_;
};
}  // namespace checklist::render
