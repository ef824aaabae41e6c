// SPDX-License-Identifier: MIT
// The name of a spec that is unique among all managers: "x.service", "dev/jupyter.service".
#pragma once
#include <string>
#include <string_view>

#include "checklist/report.hpp"
#include "checklist/spec.hpp"

namespace checklist::semantics {
// Stands for the host where the name of a spec is expected; no unit's name is without a suffix.
constexpr const char* host_name = "host";

inline std::string spec_name(const Spec& spec) {
  return spec.user.empty() ? spec.unit : spec.user + "/" + spec.unit;
}

// Returns the name of a report row; `manager` is the one whose instance made the report.
inline std::string row_spec_name(const ServiceReport& row, std::string_view manager) {
  constexpr std::string_view of_user = "user:";
  return row.manager == manager || !row.manager.starts_with(of_user)
             ? row.unit
             : row.manager.substr(of_user.size()) + "/" + row.unit;
}
}  // namespace checklist::semantics
