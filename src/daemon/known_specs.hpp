// SPDX-License-Identifier: MIT
// Which specs there have been: those in force, and those that vanished and that nobody forgot.
#pragma once
#include <map>
#include <string>

#include "config/configuration.hpp"
#include "store/forgotten_file.hpp"

namespace checklist::daemon {
using SpecNames = std::map<std::string, bool>;  // by semantics::spec_name(): whether enabled

SpecNames spec_names(const config::Configuration& configuration);

class KnownSpecs {
 public:
  explicit KnownSpecs(SpecNames in_force) : in_force_(std::move(in_force)), known_(in_force_) {}

  // What the state file kept: the specs of former runs, and the entries that were heeded.
  void resume(const SpecNames& before, store::Forgotten heeded);
  // A new configuration is in force.
  void replace(SpecNames in_force);
  // Heeds each entry once: a spec that comes back and vanishes again is no longer forgotten. Those
  // that are in force stay known.
  void forget(const store::Forgotten& entries);

  [[nodiscard]] const SpecNames& known() const { return known_; }

  [[nodiscard]] const store::Forgotten& heeded() const { return heeded_; }

 private:
  SpecNames in_force_;
  SpecNames known_;
  store::Forgotten heeded_;
};
}  // namespace checklist::daemon
