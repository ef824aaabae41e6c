// SPDX-License-Identifier: MIT
// The dependencies that a unit itself declares: in its fragment, in a drop-in, or by a link in its
// .requires directory. Excludes what other packages add, as a leftover link in .wants.
#pragma once
#include <map>
#include <string>

#include "checks/view/fact_reader.hpp"
#include "semantics/unit/unit_words.hpp"

namespace checklist::checks {
// Reads the unit's files once for each directive, however many units they name. Lives no longer
// than an evaluation.
class OwnDependencies {
 public:
  explicit OwnDependencies(std::string unit) : unit_(std::move(unit)) {}

  // Returns whether the unit declares that it needs `need`. If `look` has a gap afterwards, the
  // result does not count.
  bool contain(const std::string& directive, const std::string& need, FactReader& look);

 private:
  const semantics::NamedUnits* named_in(const std::string& directive, FactReader& look);

  std::string unit_;
  std::map<std::string, semantics::NamedUnits> by_directive_;
};
}  // namespace checklist::checks
