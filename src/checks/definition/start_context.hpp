// SPDX-License-Identifier: MIT
// How the processes of a service's next start see the host's files: by its mounts, and as which
// user (systemd.exec(5)).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/finding.hpp"

#include "checks/paths/path_lookup.hpp"
#include "checks/paths/unit_credentials.hpp"

namespace checklist::checks {
// What a command of a service is executed with.
enum class Privileges {
  user,      // of User=, within the sandbox
  root,      // prefix "!": root within the sandbox
  unlimited  // prefix "+": root, with the mounts that are no sandbox
};

struct StartContext {
  std::vector<UnitMount> mounts;               // of Privileges::user and ::root
  std::vector<UnitMount> unlimited_mounts;     // of Privileges::unlimited
  semantics::Credentials manager;              // before PrivateUsers= applies; that of "+" commands
  semantics::Credentials root;                 // after that, before the user is changed
  std::optional<semantics::Credentials> user;  // none if an account is missing
  std::string user_name;                       // "user x", "the dynamic user", "root"
  bool has_other_root = false;                 // RootDirectory= or RootImage=
  bool has_extensions = false;                 // images or directories over /usr and /opt
  bool is_of_user = false;                     // of a user's manager
  CreatedFiles created{};                      // by StandardOutput=, before anything is mounted
  std::uint64_t bounding = ~0ULL;              // CapabilityBoundingSet=
  std::uint64_t gained = 0;                    // by the user's program when it is executed

  [[nodiscard]] const std::vector<UnitMount>& mounts_for(Privileges with) const {
    return with == Privileges::unlimited ? unlimited_mounts : mounts;
  }

  // Returns those with which the start enters directories and executes programs: setresuid(2) has
  // taken the capabilities of a user, and AmbientCapabilities= gives them back only to what is
  // executed. Returns root's if the account of the user is missing.
  [[nodiscard]] const semantics::Credentials& who(Privileges with) const {
    return with == Privileges::user && user ? *user : root_for(with);
  }

  [[nodiscard]] const semantics::Credentials& root_for(Privileges with) const {
    return with == Privileges::unlimited ? manager : root;
  }

  // Returns those of the program once it is executed.
  [[nodiscard]] semantics::Credentials executed(Privileges with) const {
    semantics::Credentials out = who(with);
    if (with == Privileges::user && user && user->uid != 0) {
      out.capabilities = gained;
    }
    out.capabilities &= with == Privileges::unlimited ? ~0ULL : bounding;
    return out;
  }
};

// If `look` has a gap afterwards, the result does not count.
StartContext start_context(FactReader& look);

// Why a process cannot use a path.
struct Obstacle {
  std::string reason;     // of docs/checks/unit_definition.md
  std::string observed;   // "/srv/x is missing"
  std::string hint;       // what to do about it
  bool is_doubt = false;  // whether it is in the way cannot be known
};

// A path that the next start uses.
struct StartPath {
  std::string path;
  std::string setting;  // what names it: "WorkingDirectory="
  Privileges with = Privileges::user;
};

// Resolves a path; null with an obstacle, or with a gap in `look`.
struct Reached {
  std::optional<PathLookup> found{};
  std::optional<Obstacle> obstacle{};
};

// Resolves the path as that process does, and says what is in the way: a missing file, a mount of
// the unit over it, or a directory that the process may not search.
Reached reach(const StartPath& wanted, const StartContext& start, FactReader& look);

// Returns the command that gives the process these rights, as "+x", to that file: "`chmod g+x /x`".
std::string chmod_command(const Permissions& of, const semantics::Credentials& who,
                          const std::string& rights, const std::string& path);

// Returns a failure, or an unknown finding if the obstacle is a doubt.
Finding start_finding(const std::string& subject, const std::string& expected,
                      const Obstacle& obstacle);
}  // namespace checklist::checks
