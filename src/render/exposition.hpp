// SPDX-License-Identifier: MIT
// The exposition as text. A service's lines are made once per change of that service, by
// prometheus-cpp's own serializer, one string a family; a scrape only joins them, so that a
// family's HELP and TYPE stand once and its samples together.
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
  // From now on; everything is rendered anew.
  void limit(const Limits& limits);
  // text/plain; version=0.0.4
  std::string text(const Report& report, const Figures& figures);

 private:
  using Samples = std::vector<std::string>;  // of one service, by family

  Limits limits_;
  PerService<Samples> samples_;
};
}  // namespace checklist::render
