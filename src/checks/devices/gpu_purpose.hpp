// SPDX-License-Identifier: MIT
// Which units are meant to use a GPU.
#pragma once
#include <string>

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
// Returns whether the unit is meant to use a GPU, by its device classes or its groups.
bool is_meant_for_gpu(FactReader& look, const std::string& unit);
}  // namespace checklist::checks
