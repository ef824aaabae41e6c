// SPDX-License-Identifier: MIT
#include "capture/selection.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "capture/kinds.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::capture {
namespace {
constexpr std::array<std::string_view, 4> selected_types{"service", "timer", "socket", "path"};
constexpr std::array<std::string_view, 4> enabled_states{"enabled", "enabled-runtime", "linked",
                                                         "generated"};

template <class List>
bool is_among(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

bool is_template(std::string_view unit) {
  return unit.find("@.") != std::string_view::npos;
}

// Returns the name of the unit that a socket, path or timer triggers unless it says otherwise.
std::string service_of(std::string_view unit) {
  return std::string(unit.substr(0, unit.rfind('.'))) + ".service";
}

// Returns the units that are enabled or run.
std::set<std::string> candidates(const UnitList& all) {
  std::set<std::string> out;
  for (const auto& [unit, state] : all.files) {
    if (is_among(selected_types, semantics::unit_type(unit)) && is_among(enabled_states, state) &&
        !is_template(unit)) {
      out.insert(unit);
    }
  }
  for (const auto& [unit, state] : all.loaded) {
    const bool is_used =
        state.ends_with("/running") || state.ends_with("/waiting") || state.ends_with("/listening");
    if (is_used && is_among(selected_types, semantics::unit_type(unit))) {
      out.insert(unit);
    }
  }
  return out;
}
}  // namespace

Selection select(const UnitList& all, const config::Catalogue& catalogue) {
  Selection out;
  const std::set<std::string> found = candidates(all);
  for (const std::string& unit : found) {
    const config::Kind* kind = kind_named(unit, catalogue);
    const std::string service = service_of(unit);
    const bool leads_to_service = unit.ends_with(".socket") || unit.ends_with(".path");
    if (kind != nullptr && kind->plumbing) {
      out.left_out.push_back({unit, kind->summary});
    } else if (leads_to_service && found.contains(service)) {
      out.left_out.push_back({unit, "watched with the service that it starts"});
    } else {
      out.units.push_back(unit);
    }
  }
  return out;
}
}  // namespace checklist::capture
