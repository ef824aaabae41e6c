// SPDX-License-Identifier: MIT
#include "engine/active_acknowledgements.hpp"

#include <algorithm>

#include "semantics/unit/spec_name.hpp"

namespace checklist::engine {
bool ActiveAcknowledgements::expire(Now now) {
  Acknowledgements active = all_;
  std::erase_if(active, [now](const auto& each) { return each.second.until <= now.wall; });
  next_expiry_.reset();
  for (const auto& [what, each] : active) {
    const TimePoint end = now.moment + (each.until - now.wall);
    next_expiry_ = std::min(next_expiry_.value_or(end), end);
  }
  const bool is_changed = active != active_;
  active_ = std::move(active);
  return is_changed;
}

std::shared_ptr<const ServiceReport> ActiveAcknowledgements::applied_to(
    const std::shared_ptr<const ServiceReport>& service, const std::string& manager) const {
  const std::string name = semantics::row_spec_name(*service, manager);
  std::shared_ptr<ServiceReport> out;
  for (std::size_t i = 0; i < service->checks.size(); ++i) {
    const auto found = active_.find({name, service->checks[i].check});
    if (found != active_.end()) {
      out = out ? out : std::make_shared<ServiceReport>(*service);
      out->checks[i].acknowledged = found->second;
    }
  }
  return out ? out : service;
}
}  // namespace checklist::engine
