// SPDX-License-Identifier: MIT
#include "engine/acknowledged.hpp"

#include <algorithm>

#include "semantics/unit/spec_name.hpp"

namespace checklist::engine {
bool Acknowledged::heed(Now now) {
  Acknowledgements holding = all_;
  std::erase_if(holding, [now](const auto& each) { return each.second.until <= now.wall; });
  next_to_end_.reset();
  for (const auto& [what, each] : holding) {
    const TimePoint end = now.moment + (each.until - now.wall);
    next_to_end_ = std::min(next_to_end_.value_or(end), end);
  }
  const bool is_changed = holding != holding_;
  holding_ = std::move(holding);
  return is_changed;
}

std::shared_ptr<const ServiceReport> Acknowledged::applied_to(
    const std::shared_ptr<const ServiceReport>& service, const std::string& manager) const {
  const std::string name = semantics::row_spec_name(*service, manager);
  std::shared_ptr<ServiceReport> out;
  for (std::size_t i = 0; i < service->checks.size(); ++i) {
    const auto found = holding_.find({name, service->checks[i].check});
    if (found != holding_.end()) {
      out = out ? out : std::make_shared<ServiceReport>(*service);
      out->checks[i].acknowledged = found->second;
    }
  }
  return out ? out : service;
}
}  // namespace checklist::engine
