// SPDX-License-Identifier: MIT
#include "checks/boot/own_dependencies.hpp"

#include <algorithm>
#include <utility>

namespace checklist::checks {
bool OwnDependencies::contain(const std::string& directive, const std::string& need,
                              FactReader& look) {
  if (directive == "Triggers") {
    return true;
  }
  auto names = look.list(need, "Names");
  names.push_back(need);
  const semantics::NamedUnits* named = named_in(directive, look);
  const auto is_named = [named](const std::string& name) { return named->contains(name); };
  if (named != nullptr && std::ranges::any_of(names, is_named)) {
    return true;
  }
  const auto* links = directive == "Requires" ? look.at(InstallLinksKey{need}) : nullptr;
  return links != nullptr && std::ranges::any_of(*links, [this](const InstallLink& link) {
           return link.kind == "requires" && link.target == unit_;
         });
}

// Returns null with a gap in `look`.
const semantics::NamedUnits* OwnDependencies::named_in(const std::string& directive,
                                                       FactReader& look) {
  if (const auto known = by_directive_.find(directive); known != by_directive_.end()) {
    return &known->second;
  }
  FactReader own(look.view());
  auto files = own.list(unit_, "DropInPaths");
  files.push_back(own.text(unit_, "FragmentPath"));
  semantics::NamedUnits out;
  for (const std::string& path : files) {
    if (const UnitFile* file = path.empty() ? nullptr : own.at(UnitFileKey{path})) {
      out.add(*file, directive, unit_);
    }
  }
  if (own.gap()) {
    look.miss(*own.gap());
    return nullptr;
  }
  return &by_directive_.emplace(directive, std::move(out)).first->second;
}
}  // namespace checklist::checks
