// SPDX-License-Identifier: MIT
// Where a unit's mounts permit or forbid to execute files: ExecPaths= and NoExecPaths=
// (systemd.exec(5)).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
// The directive for the deepest path at or above a file decides.
class ExecutablePaths {
 public:
  // Reads the directives of the view's unit.
  explicit ExecutablePaths(FactReader& look);

  // Returns nothing if no directive is about the path.
  [[nodiscard]] std::optional<bool> permits(const std::string& path) const;

 private:
  struct Rule {
    std::string path;
    bool may;
  };

  std::vector<Rule> rules_;
};
}  // namespace checklist::checks
