// SPDX-License-Identifier: MIT
// What somebody knows of, put to the results that it holds for.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "checklist/acknowledgement.hpp"
#include "checklist/report.hpp"

#include "engine/now.hpp"

namespace checklist::engine {
class Acknowledged {
 public:
  // Puts these in the place of all.
  void know(Acknowledgements all) { all_ = std::move(all); }

  // Lets end whose time has come. Whether others hold now than at the last call.
  bool heed(Now now);

  [[nodiscard]] std::optional<TimePoint> next_to_end() const { return next_to_end_; }

  [[nodiscard]] bool any_holds() const { return !holding_.empty(); }

  // The same report if nobody acknowledged anything of it. `manager`: whose units have no prefix.
  [[nodiscard]] std::shared_ptr<const ServiceReport> applied_to(
      const std::shared_ptr<const ServiceReport>& service, const std::string& manager) const;

 private:
  Acknowledgements all_;
  Acknowledgements holding_;
  std::optional<TimePoint> next_to_end_;
};
}  // namespace checklist::engine
