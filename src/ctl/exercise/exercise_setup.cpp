// SPDX-License-Identifier: MIT
#include "ctl/exercise/exercise_setup.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <utility>

namespace checklist::ctl {
namespace {
using namespace std::chrono_literals;

constexpr Duration longest_observation = 30s;

std::string own_cgroup() {
  std::ifstream file("/proc/self/cgroup");
  constexpr std::string_view unified = "0::";
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(unified)) {
      return line.substr(unified.size());
    }
  }
  return {};
}
}  // namespace

ExerciseSetup::ExerciseSetup(bool user, config::Configuration configuration)
    : configuration_(std::move(configuration)), engine_(user, {}) {}

bool ExerciseSetup::observe(const std::vector<std::string>& units) {
  std::ranges::for_each(units, [this](const std::string& unit) { add(unit); });
  if (!settle()) {
    return false;
  }
  take_canonical_names(units);
  for (std::set<std::string> more(exercised_.begin(), exercised_.end()); !more.empty();) {
    std::ranges::for_each(more, [this](const std::string& unit) { add(unit); });
    if (!settle()) {
      return false;
    }
    more.clear();
    for (const std::string& unit : exercised_) {
      more.merge(unknown_units(unit, units_));
    }
  }
  for (const std::string& unit : exercised_) {
    affected_.emplace(unit, affected_units(unit, units_, own_cgroup()));
  }
  order();
  return true;
}

std::vector<config::Service> ExerciseSetup::evaluate_specs(const std::string& unit) {
  std::set<std::string> names;
  for (const AffectedUnit& each : affected(unit).units) {
    const auto& all = units_.at(each.unit)->names;
    names.insert(all.begin(), all.end());
  }
  std::vector<config::Service> out;
  std::ranges::copy_if(
      configuration_.services, std::back_inserter(out),
      [&names](const config::Service& each) { return names.contains(each.spec.unit); });
  observe_all(out);
  (void)engine_.settle(longest_observation);
  return out;
}

void ExerciseSetup::add(const std::string& name) {
  if (units_.contains(name)) {
    return;
  }
  auto unit = std::make_shared<ObservedUnit>();
  unit->unit = name;
  units_.emplace(name, std::move(unit));
}

void ExerciseSetup::observe_all(const std::vector<config::Service>& specs) {
  config::Configuration all;
  for (const auto& [name, unit] : units_) {
    all.services.push_back(observing(unit));
  }
  std::ranges::copy(specs, std::back_inserter(all.services));
  engine_.replace_specs(std::move(all));
}

bool ExerciseSetup::settle() {
  observe_all({});
  (void)engine_.settle(longest_observation);
  return engine_.settled();
}

void ExerciseSetup::take_canonical_names(const std::vector<std::string>& units) {
  for (const std::string& unit : units) {
    const std::string& id = units_.at(unit)->seen.id;
    const std::string& name = id.empty() ? unit : id;
    if (std::ranges::find(exercised_, name) == exercised_.end()) {
      exercised_.push_back(name);
    }
  }
}

// A unit that stops with another one is exercised after it.
void ExerciseSetup::order() {
  std::ranges::stable_sort(exercised_, [this](const std::string& one, const std::string& other) {
    const auto& with_one = affected(one).units;
    return std::ranges::any_of(with_one, [&other](const AffectedUnit& each) {
      return each.unit == other && each.role == Role::stops;
    });
  });
}
}  // namespace checklist::ctl
