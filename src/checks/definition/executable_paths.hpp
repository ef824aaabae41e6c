// SPDX-License-Identifier: MIT
// Where a unit's mounts permit or forbid to execute files: ExecPaths= and NoExecPaths=
// (systemd.exec(5)).
#pragma once
#include <functional>
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

  // `named`: the path as the command names it; `at`: where that leads, through links. systemd
  // follows links in the directives, too: `real` returns where a path leads. Returns nothing if no
  // directive is about the file.
  [[nodiscard]] std::optional<bool> permits(
      const std::string& named, const std::string& at,
      const std::function<std::string(const std::string&)>& real) const;

 private:
  struct Rule {
    std::string path;
    bool may;
  };

  std::vector<Rule> rules_;
};
}  // namespace checklist::checks
