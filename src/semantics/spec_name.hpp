// SPDX-License-Identifier: MIT
// A spec's name among those of all managers: "x.service", "dev/jupyter.service".
#pragma once
#include <string>

#include "checklist/spec.hpp"

namespace checklist::semantics {
inline std::string spec_name(const Spec& spec) {
  return spec.user.empty() ? spec.unit : spec.user + "/" + spec.unit;
}
}  // namespace checklist::semantics
