// SPDX-License-Identifier: MIT
// The specs in force, and those that have vanished since and were not forgotten.
#pragma once
#include <map>
#include <string>

#include "config/configuration.hpp"
#include "store/json_records.hpp"

namespace checklist::daemon {
using SpecNames = std::map<std::string, bool>;  // by semantics::spec_name(): whether enabled

SpecNames spec_names(const config::Configuration& configuration);

class KnownSpecs {
 public:
  explicit KnownSpecs(SpecNames in_force) : in_force_(std::move(in_force)), known_(in_force_) {}

  // Adds what the state file has kept: the specs of previous runs, and the entries already applied.
  void resume(const SpecNames& before, store::Forgotten applied);

  // Sets the specs of a new configuration.
  void replace(SpecNames in_force);

  // Removes the named specs unless they are in force. Each entry is applied once: a spec that comes
  // back and vanishes again is known again.
  void forget(const store::Forgotten& entries);

  [[nodiscard]] const SpecNames& known() const { return known_; }

  [[nodiscard]] const store::Forgotten& applied() const { return applied_; }

 private:
  SpecNames in_force_;
  SpecNames known_;
  store::Forgotten applied_;
};
}  // namespace checklist::daemon
