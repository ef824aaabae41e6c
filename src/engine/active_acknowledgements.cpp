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

template <class Row>
std::shared_ptr<const Row> ActiveAcknowledgements::applied(const std::shared_ptr<const Row>& row,
                                                           const std::string& name) const {
  std::shared_ptr<Row> out;
  for (std::size_t i = 0; i < row->checks.size(); ++i) {
    const auto of_check = active_.find({name, row->checks[i].check});
    const auto found = of_check != active_.end() ? of_check : active_.find({name, ""});
    if (found != active_.end()) {
      out = out ? out : std::make_shared<Row>(*row);
      out->checks[i].acknowledged = found->second;
    }
  }
  return out ? out : row;
}

std::shared_ptr<const ServiceReport> ActiveAcknowledgements::applied_to(
    const std::shared_ptr<const ServiceReport>& service, const std::string& manager) const {
  return applied(service, semantics::row_spec_name(*service, manager));
}

std::shared_ptr<const HostReport> ActiveAcknowledgements::applied_to(
    const std::shared_ptr<const HostReport>& host) const {
  return host ? applied(host, semantics::host_name) : host;
}
}  // namespace checklist::engine
