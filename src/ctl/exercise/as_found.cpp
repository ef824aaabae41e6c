// SPDX-License-Identifier: MIT
#include "ctl/exercise/as_found.hpp"

#include <filesystem>
#include <set>
#include <system_error>

namespace checklist::ctl {
ExercisePlan plan_of(const std::string& unit, const Affected& affected, const ObservedUnits& units,
                     const LinkDirectories& directories) {
  ExercisePlan out;
  out.is_finished = false;
  out.unit = unit;
  const ObservedUnit& here = *units.at(unit);
  std::set<std::string> names(here.names.begin(), here.names.end());
  names.insert(unit);
  names.insert(here.also.begin(), here.also.end());
  out.names = {names.begin(), names.end()};
  out.links = unit_links(directories.persistent, names);
  out.runtime_links = unit_links(directories.runtime, names);
  for (const AffectedUnit& each : affected.units) {
    const ObservedUnit& other = *units.at(each.unit);
    out.units.push_back(
        {.unit = each.unit, .active = is_up(other) ? ActiveState::active : ActiveState::inactive});
    for (const std::string& name : other.names) {
      out.affected.emplace_back(name, "");
    }
  }
  for (const std::string& each : affected.dependents) {
    out.affected.emplace_back(each, "dependencies");
  }
  for (const std::string& each : affected.triggered) {
    out.affected.emplace_back(each, "boot_start");
  }
  return out;
}

std::string no_mask(const ObservedUnit& unit, const LinkDirectories& directories) {
  const auto is_in = [&unit](const std::string& directory) {
    std::error_code error;
    return std::filesystem::exists(
        std::filesystem::symlink_status(directory + "/" + unit.unit, error));
  };
  if (is_in(directories.persistent)) {
    return "its unit file is in " + directories.persistent +
           ", which takes precedence over a mask at run time";
  }
  return is_in(directories.runtime) ? "its unit file is in " + directories.runtime + " itself" : "";
}

std::string no_toggle(const ObservedUnit& unit, const LinkDirectories& directories) {
  if (unit.enablement != "enabled") {
    return "it is " + unit.enablement;
  }
  return is_writable(directories.persistent) ? "" : directories.persistent + " is read-only";
}
}  // namespace checklist::ctl
