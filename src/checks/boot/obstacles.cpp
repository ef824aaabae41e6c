// SPDX-License-Identifier: MIT
#include "checks/boot/obstacles.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "checks/boot/boot_cycle.hpp"
#include "checks/boot/later_mount.hpp"
#include "checks/boot/start_conditions.hpp"
#include "checks/boot/unit_on_disk.hpp"
#include "checks/view/command.hpp"
#include "semantics/unit/unit_files.hpp"

namespace checklist::checks {
namespace {
Finding failed(const std::string& expected, std::string reason, std::string observed,
               std::string hint) {
  return fail({.subject = "start",
               .reason = std::move(reason),
               .expected = expected,
               .observed = std::move(observed),
               .hint = std::move(hint)});
}

Finding not_found(FactReader& look, const std::string& expected) {
  const View& see = look.view();
  const UnitOnDisk file = unit_on_disk(look, see.unit());
  return file.is_there
             ? failed(expected, "not_found",
                      "not-found when systemd loaded its units, but " + file.path + " exists now",
                      "run " + daemon_reload(see))
             : failed(expected, "not_found", "not-found",
                      "install the unit file of " + see.unit() + " or remove its spec");
}

Finding not_kept(FactReader& look, const std::string& unit, const std::string& expected) {
  const std::string fragment = look.text(unit, "FragmentPath");
  return failed(
      expected, "not_kept",
      fragment + (semantics::outlasts_reboot(fragment) ? " is missing"
                                                       : " is in /run, which a reboot clears"),
      "install its unit file in " + lasting_directory(look.view().spec()));
}

// Returns the resolved paths of the files that define the unit and what starts it.
std::vector<std::string> files_of_boot(FactReader& look, const Unit& unit, const BootPath& path) {
  const std::string& name = look.view().unit();
  std::vector<std::string> out;
  if (unit.load == LoadState::not_found) {
    out.push_back(unit_on_disk(look, name).target);
  } else if (const auto* definition = look.at(DefinitionKey{name})) {
    std::ranges::transform(definition->on_disk, std::back_inserter(out), &DefinitionFile::target);
  }
  for (const std::string& step : path.steps) {
    const std::string fragment = look.text(step, "FragmentPath");
    const FileStatus* file = fragment.empty() ? nullptr : look.at(FileKey{fragment});
    out.push_back(file != nullptr && file->type == "symlink" ? file->target : fragment);
  }
  std::erase_if(out, [](const std::string& each) {
    return each.empty() || each == "/dev/null" || each.starts_with("/run/");
  });
  return out;
}
}  // namespace

std::optional<Finding> blocked(FactReader& look, const Unit& unit, const std::string& expected) {
  const View& see = look.view();
  const std::string* state = look.at(EnablementKey{see.unit()});
  const bool is_masked_now = unit.load == LoadState::masked;
  if (state != nullptr && (*state == "masked" || (is_masked_now && *state != "masked-runtime"))) {
    return failed(expected, "masked", "masked", "run " + systemctl(see, "unmask"));
  }
  if (unit.load == LoadState::not_found) {
    return not_found(look, expected);
  }
  if (!is_masked_now && !is_defined_after_reboot(look, unit.id) && !look.gap()) {
    return not_kept(look, unit.id, expected);
  }
  return std::nullopt;
}

Findings prevented(View& see, const Unit& unit, const BootPath& path, StartedBy by) {
  FactReader look(see);
  Findings out = mounted_later(see, files_of_boot(look, unit, path));
  if (look.gap()) {
    out.push_back(unknown("unit files", "their paths are known", *look.gap()));
  }
  if (unit.load != LoadState::loaded) {
    return out;
  }
  std::vector<std::string> units = path.steps;
  units.insert(units.begin(), unit.id);
  for (const std::string& each : units) {
    const std::string& name = each == unit.id ? see.unit() : each;
    std::ranges::move(unmet_conditions(see, name), std::back_inserter(out));
  }
  auto cycle = by == StartedBy::target ? cycle_finding(see, unit.id, path.steps) : std::nullopt;
  if (cycle) {
    out.push_back(std::move(*cycle));
  }
  return out;
}
}  // namespace checklist::checks
