// SPDX-License-Identifier: MIT
// Applies acknowledgements to the check results they cover.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "checklist/acknowledgement.hpp"
#include "checklist/report.hpp"

#include "engine/now.hpp"

namespace checklist::engine {
class ActiveAcknowledgements {
 public:
  // Replaces all entries; takes effect with expire().
  void replace_all(Acknowledgements all) { all_ = std::move(all); }

  // Drops expired entries. Returns whether the active set changed.
  bool expire(Now now);

  [[nodiscard]] std::optional<TimePoint> next_expiry() const { return next_expiry_; }

  [[nodiscard]] bool any_active() const { return !active_.empty(); }

  // Returns the service with its acknowledgements, or the same pointer if it has none. Names of
  // units of `manager` have no prefix.
  [[nodiscard]] std::shared_ptr<const ServiceReport> applied_to(
      const std::shared_ptr<const ServiceReport>& service, const std::string& manager) const;

  // Likewise for the checks of the host, whose acknowledgements have semantics::host_name.
  [[nodiscard]] std::shared_ptr<const HostReport> applied_to(
      const std::shared_ptr<const HostReport>& host) const;

 private:
  template <class Row>
  [[nodiscard]] std::shared_ptr<const Row> applied(const std::shared_ptr<const Row>& row,
                                                   const std::string& name) const;

  Acknowledgements all_;
  Acknowledgements active_;
  std::optional<TimePoint> next_expiry_;
};
}  // namespace checklist::engine
