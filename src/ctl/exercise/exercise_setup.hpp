// SPDX-License-Identifier: MIT
// Observes the units of an exercise, and those that are affected by it.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/configuration.hpp"
#include "ctl/exercise/affected_units.hpp"
#include "ctl/standalone_engine.hpp"

namespace checklist::ctl {
class ExerciseSetup {
 public:
  // Of the caller's own manager, or of the system's. `configuration` holds the specs.
  ExerciseSetup(bool user, config::Configuration configuration);

  // Observes the units and all that are affected, until every fact is known. Returns false if the
  // manager does not respond.
  bool observe(const std::vector<std::string>& units);

  // The canonical names of observe()'s units, each once; those that others need come first.
  [[nodiscard]] const std::vector<std::string>& exercised() const { return exercised_; }

  [[nodiscard]] const ObservedUnits& units() const { return units_; }

  [[nodiscard]] const Affected& affected(const std::string& unit) const {
    return affected_.at(unit);
  }

  // Evaluates the specs of the units that are affected by the exercise of `unit`, until every fact
  // is known, and returns them.
  std::vector<config::Service> evaluate_specs(const std::string& unit);

  [[nodiscard]] StandaloneEngine& engine() { return engine_; }

 private:
  void add(const std::string& name);
  void observe_all(const std::vector<config::Service>& specs);
  bool settle();
  void take_canonical_names(const std::vector<std::string>& units);
  void order();

  config::Configuration configuration_;
  ObservedUnits units_;
  std::vector<std::string> exercised_;
  std::map<std::string, Affected> affected_;
  StandaloneEngine engine_;
};
}  // namespace checklist::ctl
