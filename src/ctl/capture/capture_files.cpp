// SPDX-License-Identifier: MIT
#include "ctl/capture/capture_files.hpp"

#include <algorithm>
#include <iterator>

#include "capture/compose.hpp"
#include "capture/kinds.hpp"
#include "capture/selection.hpp"
#include "config/catalogue.hpp"
#include "ctl/capture/unit_directory.hpp"

namespace checklist::ctl {
namespace {
// Returns the units as a manager would list them.
capture::UnitList listed(const capture::UnitsOnDisk& units) {
  capture::UnitList out;
  for (const auto& [name, unit] : units) {
    out.files.emplace(name, unit.masked ? "masked" : unit.linked.empty() ? "static" : "enabled");
  }
  return out;
}
}  // namespace

Captures capture_files(const CaptureOptions& options, const std::string& directory) {
  const capture::UnitsOnDisk units = read_units(directory);
  const config::Catalogue catalogue = catalogue_of(options);
  capture::Selection chosen{.units = options.units, .left_out = {}};
  if (options.all) {
    chosen = capture::select(listed(units), catalogue);
  }
  Captures out;
  out.complete = true;
  out.left_out = std::move(chosen.left_out);
  std::ranges::transform(catalogue.problems, std::back_inserter(out.problems), config::text);
  for (const std::string& name : chosen.units) {
    if (!units.contains(name)) {
      out.missing.push_back({.unit = name, .perhaps = {}});
      continue;
    }
    const capture::CapturedUnit unit = capture::captured_on_disk(name, units);
    const config::Kind* kind = capture::kind_of(unit, catalogue);
    Dict spec = capture::compose(unit, kind, std::nullopt);
    if (!options.of_user.empty()) {
      spec["user"] = Value{options.of_user};
    }
    out.specs.push_back({.unit = name,
                         .names = unit.names,
                         .kind = kind != nullptr ? kind->name : "",
                         .spec = std::move(spec),
                         .notes = {}});
  }
  return out;
}
}  // namespace checklist::ctl
