// SPDX-License-Identifier: MIT
#include "daemon/known_specs.hpp"

#include "semantics/unit/spec_name.hpp"

namespace checklist::daemon {
SpecNames spec_names(const config::Configuration& configuration) {
  SpecNames out;
  for (const config::Service& service : configuration.services) {
    out[semantics::spec_name(service.spec)] = service.spec.enabled;
  }
  for (const Spec& spec : configuration.of_users) {
    out[semantics::spec_name(spec)] = spec.enabled;
  }
  return out;
}

void KnownSpecs::resume(const SpecNames& before, store::Forgotten applied) {
  known_.insert(before.begin(), before.end());  // what is in force is newer
  applied_ = std::move(applied);
}

void KnownSpecs::replace(SpecNames in_force) {
  in_force_ = std::move(in_force);
  for (const auto& [name, enabled] : in_force_) {
    known_[name] = enabled;
  }
}

void KnownSpecs::forget(const store::Forgotten& entries) {
  for (const auto& [name, at] : entries) {
    const auto applied = applied_.find(name);
    const bool is_new = applied == applied_.end() || applied->second != at;
    if (is_new && !in_force_.contains(name)) {
      known_.erase(name);
    }
  }
  applied_ = entries;
}
}  // namespace checklist::daemon
