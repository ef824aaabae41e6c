// SPDX-License-Identifier: MIT
#include "ctl/link/known_units.hpp"

#include <memory>

#include "ctl/locations.hpp"
#include "ctl/units.hpp"

namespace checklist::ctl {
Report known_units(const DaemonOptions& options) {
  render::ParsedReport report = daemon_report(options);
  if (report.mistake.empty()) {
    return report;
  }
  Report out;
  const LocationOptions from{.directories = {}, .file = {}, .user = options.user};
  for (const std::string& unit : units_of(config::load(locations(from)).configuration)) {
    auto service = std::make_shared<ServiceReport>();
    service->unit = unit;
    service->manager = own_manager(options.user);
    out.services.push_back(std::move(service));
  }
  return out;
}
}  // namespace checklist::ctl
