// SPDX-License-Identifier: MIT
#include "checks/start/libraries.hpp"

#include <algorithm>
#include <vector>

#include "checks/definition/program_capabilities.hpp"
#include "checks/definition/start_environment.hpp"
#include "checks/start/proven_file.hpp"
#include "semantics/files/file_rules.hpp"
#include "semantics/text/sentence.hpp"
#include "semantics/unit/mount_unit.hpp"

namespace checklist::checks {
namespace {
class LibraryJudgement {
 public:
  LibraryJudgement(const ExecutedProgram& program, const StartContext& start,
                   const ExecutablePaths& paths, FactReader& look)
      : program_(program), start_(start), paths_(paths), look_(look) {}

  std::optional<Obstacle> take() {
    const Program& content = program_.content;
    const bool is_hosts = !start_.has_other_root && program_.found.host == program_.found.at;
    const bool is_secure =
        is_secure_execution(program_.found, start_.who(program_.with), program_.with, look_);
    const auto& missing = is_secure ? content.missing_if_secure : content.missing_libraries;
    if (is_hosts && !missing.empty()) {
      return on_missing(missing, is_secure);
    }
    if (is_hosts && !content.unseen_libraries.empty()) {
      return Obstacle{"permission",
                      "whether " + program_.path + " finds " +
                          semantics::enumerated(content.unseen_libraries) +
                          " is not known: checklistd may not look where it may be",
                      "", true};
    }
    const bool uses_origin = content.missing_if_secure != content.missing_libraries;
    if (!is_hosts && (uses_origin || !missing.empty())) {
      return unclear();
    }
    for (const Library& each : content.libraries) {
      if (auto obstacle = on_library(each, is_hosts)) {
        return obstacle;
      }
    }
    return std::nullopt;
  }

 private:
  std::optional<Obstacle> on_missing(const std::vector<std::string>& missing, bool is_secure) {
    const bool is_variable_used =
        may_set_more_variables(look_) || variable("LD_LIBRARY_PATH", look_);
    if (is_variable_used && !is_secure) {
      return Obstacle{"environment",
                      missing.front() +
                          " is in no directory that is searched by default, and what "
                          "LD_LIBRARY_PATH will be is not known",
                      "set LD_LIBRARY_PATH with Environment= in the unit file", true};
    }
    if (is_secure && (program_.content.missing_libraries.empty() || is_variable_used)) {
      return Obstacle{"library_missing",
                      program_.path + " needs " + semantics::enumerated(missing) +
                          ", and ld.so ignores $ORIGIN and LD_LIBRARY_PATH of a program with "
                          "privileges of its file",
                      "add the directory of " + missing.front() +
                          " to /etc/ld.so.conf.d, then run `ldconfig`; or remove the capabilities "
                          "of " +
                          program_.found.at};
    }
    return Obstacle{"library_missing",
                    program_.path + " needs " + semantics::enumerated(missing) +
                        ", which is in no directory of the dynamic linker",
                    "install the package of " + missing.front() + ", then run `ldconfig`"};
  }

  Obstacle unusable(const Library& library, const std::string& why, const std::string& hint) const {
    return {"library_unusable", program_.path + " cannot load " + library.path + ": " + why, hint};
  }

  // Another tree than the host's may hold other libraries.
  std::optional<Obstacle> unclear() {
    return is_proven_by_last_start(program_.found.host, look_.view())
               ? std::nullopt
               : std::optional(Obstacle{
                     "image",
                     "the libraries of " + program_.path + " are not looked for in its mounts", "",
                     true});
  }

  std::optional<Obstacle> on_library(const Library& library, bool is_hosts) {
    const auto& broken = program_.content.broken_libraries;
    if (is_hosts && std::ranges::find(broken, library.path) != broken.end()) {
      return unusable(library, "it is not a whole ELF file",
                      "install the package of " + library.path + " again");
    }
    const auto& mounts = start_.mounts_for(program_.with);
    const bool is_covered = std::ranges::any_of(mounts, [&library](const UnitMount& each) {
      return semantics::is_below(library.path, each.path) ||
             semantics::is_below(library.real, each.path);
    });
    const bool is_judged = is_covered || !library.is_public || !is_hosts;
    std::string at = library.real;
    if (is_judged) {
      const PathLookup found =
          resolve_path(library.path, mounts, start_.executed(program_.with), look_);
      if (look_.gap()) {
        return std::nullopt;
      }
      if (auto obstacle = on_lookup(library, found, is_hosts)) {
        return obstacle;
      }
      at = found.at;
    }
    return on_mounts(library, at);
  }

  std::optional<Obstacle> on_lookup(const Library& library, const PathLookup& found,
                                    bool is_hosts) {
    const bool is_same = found.status == LookupStatus::found && found.host == library.real;
    if (found.status == LookupStatus::unknown || (!is_hosts && !is_same)) {
      return unclear();
    }
    if (found.status == LookupStatus::no_search) {
      return unusable(library, start_.user_name + " may not search " + found.at,
                      "run " + chmod_command(found.node.permissions, start_.executed(program_.with),
                                             "+x", found.at));
    }
    if (found.status != LookupStatus::found) {
      const std::string setting = found.by != nullptr ? found.by->setting : "the unit's sandbox";
      return unusable(library, setting + " hides it from the unit",
                      "correct " + setting + ", or bind the library with BindReadOnlyPaths=");
    }
    const auto& permissions = found.node.permissions;
    const auto who = start_.executed(program_.with);
    return semantics::grant(permissions, NodeType::regular, semantics::may_read, who)
               ? std::nullopt
               : std::optional(unusable(library,
                                        start_.user_name + " may not read it: its mode is " +
                                            semantics::mode_text(permissions.mode),
                                        "run " + chmod_command(permissions, who, "+r", found.at)));
  }

  // mmap(2) needs the right to execute.
  std::optional<Obstacle> on_mounts(const Library& library, const std::string& at) {
    const auto by_setting =
        program_.with == Privileges::unlimited ? std::nullopt : paths_.permits(at);
    if (by_setting == false) {
      return unusable(library, "NoExecPaths= covers it",
                      "add " + at + " to ExecPaths=, or correct NoExecPaths=");
    }
    const auto& mounts = look_.view()[MountsKey{1}];
    const Mount* mount =
        mounts && !library.real.empty() ? semantics::mount_above(*mounts, library.real) : nullptr;
    return !by_setting && mount != nullptr && std::ranges::count(mount->options, "noexec") != 0
               ? std::optional(unusable(library, "its file system is mounted noexec",
                                        "move it to another file system, or mount that one "
                                        "without noexec"))
               : std::nullopt;
  }

  const ExecutedProgram& program_;
  const StartContext& start_;
  const ExecutablePaths& paths_;
  FactReader& look_;
};
}  // namespace

std::optional<Obstacle> library_obstacle(const ExecutedProgram& program, const StartContext& start,
                                         const ExecutablePaths& paths, FactReader& look) {
  return LibraryJudgement(program, start, paths, look).take();
}
}  // namespace checklist::checks
