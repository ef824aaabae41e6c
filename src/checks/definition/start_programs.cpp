// SPDX-License-Identifier: MIT
#include "checks/definition/start_programs.hpp"

#include <algorithm>

#include "checks/definition/exec_command.hpp"
#include "checks/definition/executable_paths.hpp"
#include "checks/definition/program_capabilities.hpp"
#include "checks/definition/start_environment.hpp"
#include "checks/start/libraries.hpp"
#include "checks/view/command.hpp"
#include "semantics/files/file_rules.hpp"
#include "semantics/text/sentence.hpp"
#include "semantics/unit/mount_unit.hpp"

namespace checklist::checks {
namespace {
constexpr auto expected = "executable program";
constexpr int most_scripts = 5;  // BINPRM recursion: a script of a script of …

std::string below(const std::string& directory, const std::string& name) {
  return directory.ends_with('/') ? directory + name : directory + '/' + name;
}

// One command, judged with everything that the kernel opens to execute it.
class ProgramJudgement {
 public:
  ProgramJudgement(StartCommand command, const StartContext& start, View& see)
      : command_(std::move(command)),
        start_(start),
        look_(see),
        paths_(look_, [this](const auto& path) { return target_in_unit(path); }) {}

  std::optional<Finding> take() {
    const std::string path = command_.path.starts_with('/') ? command_.path : found_in_search();
    if (path.empty() && !look_.gap()) {
      return start_finding(
          command_.path, expected,
          {"program_missing",
           command_.path + " is in none of the directories that "
                           "systemd searches for programs",
           "install " + command_.path + ", or correct the command in the unit file"});
    }
    const auto obstacle = path.empty() ? std::nullopt : on_program(path, 1, "");
    if (look_.gap()) {
      return look_.gap()->reason == "gone"
                 ? std::nullopt
                 : std::optional(unknown(command_.path, expected, *look_.gap()));
    }
    return obstacle ? std::optional(start_finding(command_.path, expected, *obstacle))
                    : std::nullopt;
  }

 private:
  std::string target_in_unit(const std::string& path) {
    const auto to = resolve_path(path, start_.mounts, start_.root, look_);
    return to.status == LookupStatus::found ? to.at : path;
  }

  [[nodiscard]] std::string user() const {
    return command_.with == Privileges::user ? start_.user_name : "root";
  }

  // systemd takes the first that root may execute.
  std::string found_in_search() {
    for (const std::string& directory : search_path_of_commands(look_)) {
      const std::string path = below(directory, command_.path);
      const auto found = resolve_path(path, start_.mounts_for(command_.with),
                                      start_.root_for(command_.with), look_);
      const bool is_unclear = found.status == LookupStatus::unknown;
      const bool is_file =
          found.node.type == NodeType::regular && found.status == LookupStatus::found;
      if (is_unclear || (is_file && (found.node.permissions.mode & 0111U) != 0)) {
        return path;
      }
    }
    return {};
  }

  // `of` names the script whose interpreter the file is; empty for the program itself.
  std::optional<Obstacle> on_program(const std::string& path, int depth, const std::string& of) {
    const Reached reached = reached_executable(path, of);
    if (reached.obstacle || look_.gap()) {
      return reached.obstacle;
    }
    return reached.found->host.empty() ? std::nullopt : on_content(path, *reached.found, depth);
  }

  Reached reached_executable(const std::string& path, const std::string& of) {
    const std::string setting = of.empty() ? "the command" : "the first line of " + of;
    Reached out = reach({path, setting, command_.with}, start_, look_);
    if (out.obstacle) {
      out.obstacle = in_words(std::move(*out.obstacle), path, of);
    } else if (!look_.gap()) {
      out.obstacle = on_file(path, *out.found, of);
    }
    return out;
  }

  static Obstacle in_words(Obstacle out, const std::string& path, const std::string& of) {
    if (out.reason == "start_file_missing") {
      out.reason = of.empty() ? "program_missing" : "interpreter_missing";
      out.hint = of.empty() ? "install " + path + ", or correct the command in the unit file"
                            : "install " + path + ", or correct the first line of " + of;
    }
    out.observed = of.empty() ? out.observed : "its interpreter: " + out.observed;
    return out;
  }

  std::optional<Obstacle> on_file(const std::string& path, const PathLookup& found,
                                  const std::string& of) {
    const auto refused = [&](const std::string& why, const std::string& hint) {
      return Obstacle{"program_not_executable",
                      (of.empty() ? "" : "its interpreter: ") + path + " " + why, hint};
    };
    const auto& permissions = found.node.permissions;
    if (found.node.type != NodeType::regular) {
      return refused("is not a regular file", "install a program there, or correct the command");
    }
    const auto& who = start_.who(command_.with);
    if (!semantics::grant(permissions, NodeType::regular, semantics::may_execute, who)) {
      const bool is_any = (permissions.mode & 0111U) != 0;
      return refused(is_any ? "is not executable by " + user() + ": its mode is " +
                                  semantics::mode_text(permissions.mode)
                            : "is not executable",
                     "run " + (is_any ? chmod_command(permissions, who, "+x", found.at)
                                      : shell_command({"chmod", "+x", found.at})));
    }
    const auto by_setting =
        command_.with == Privileges::unlimited ? std::nullopt : paths_.permits(found.at);
    if (by_setting == false) {
      return refused("is not executable: NoExecPaths= covers it",
                     "add " + found.at + " to ExecPaths=, or correct NoExecPaths=");
    }
    if (!by_setting && is_noexec(found)) {
      return refused("is on a file system that is mounted noexec",
                     "move it to another file system, or mount that one without noexec");
    }
    return std::nullopt;
  }

  // A remount of the host does not change the mounts that checklistd sees itself.
  bool is_noexec(const PathLookup& found) {
    const auto& mounts = look_.view()[MountsKey{1}];
    const Mount* mount =
        mounts && !found.host.empty() ? semantics::mount_above(*mounts, found.host) : nullptr;
    return mount != nullptr ? std::ranges::count(mount->options, "noexec") != 0
                            : found.node.no_exec;
  }

  std::optional<Obstacle> on_content(const std::string& path, const PathLookup& found, int depth) {
    const Program* program = look_.at(ProgramKey{found.host});
    if (program == nullptr) {
      return std::nullopt;
    }
    if (program->format == Program::Format::other && is_searched_) {
      return std::nullopt;  // execvp(3) has a shell interpret it
    }
    if (program->format == Program::Format::other) {
      return Obstacle{"program_not_executable",
                      path + " is neither an ELF program nor a script with \"#!\"",
                      "restore the program, or name an interpreter in the first line of " + path};
    }
    if (program->format == Program::Format::foreign) {
      return Obstacle{"program_not_executable", path + " is for another architecture",
                      "install the program for this machine's architecture"};
    }
    if (program->format == Program::Format::truncated) {
      return Obstacle{"program_not_executable",
                      path + " is truncated: parts of the file are missing",
                      "install the program again"};
    }
    if (program->format == Program::Format::script) {
      return on_script(path, found, *program, depth);
    }
    if (auto obstacle = lost_capabilities(found, command_.with, look_)) {
      return obstacle;
    }
    if (auto obstacle = on_linker(path, program->interpreter)) {
      return obstacle;
    }
    return library_obstacle({path, found, *program, command_.with}, start_, paths_, look_);
  }

  std::optional<Obstacle> on_script(const std::string& path, const PathLookup& found,
                                    const Program& script, int depth) {
    const auto& permissions = found.node.permissions;
    const auto& who = start_.who(command_.with);
    if (depth > most_scripts) {
      return Obstacle{"interpreter_missing",
                      "the interpreters of " + path + " are scripts of scripts, too many",
                      "name a program in its first line"};
    }
    if (!semantics::grant(permissions, NodeType::regular, semantics::may_read, who)) {
      return Obstacle{"program_not_executable",
                      path + " is a script that " + user() + " may not read: its mode is " +
                          semantics::mode_text(permissions.mode),
                      "run " + chmod_command(permissions, who, "+r", found.at)};
    }
    // "/usr/bin/env NAME"
    const auto space = std::min(script.interpreter.find(' '), script.interpreter.size());
    const std::string interpreter = script.interpreter.substr(0, space);
    const std::string searched =
        script.interpreter.substr(std::min(space + 1, script.interpreter.size()));
    if (!interpreter.starts_with('/')) {
      return std::nullopt;  // relative to the working directory
    }
    if (auto obstacle = on_program(interpreter, depth + 1, path)) {
      return obstacle;
    }
    return searched.empty() ? std::nullopt : on_searched(path, searched);
  }

  std::optional<Obstacle> on_linker(const std::string& path, const std::string& linker) {
    auto out = linker.starts_with('/') ? reached_executable(linker, path).obstacle : std::nullopt;
    if (out && out->reason == "interpreter_missing") {
      out->hint = "install the C library that has " + linker;
    }
    return out;
  }

  static Obstacle unclear(const std::string& what, const std::string& variable) {
    return {"environment", what + ", and what " + variable + " will be is not known",
            "set " + variable + " with Environment= in the unit file", true};
  }

  // env(1) executes the first that its user may execute.
  std::optional<Obstacle> on_searched(const std::string& path, const std::string& name) {
    std::optional<Obstacle> first;
    is_searched_ = true;
    for (const std::string& directory : search_path_of_processes(look_)) {
      const std::string candidate = below(directory, name);
      auto obstacle = on_program(candidate, 1, path);
      if (!obstacle) {
        return std::nullopt;
      }
      if (!first && node_on_host(candidate, look_).type != NodeType::missing) {
        first = std::move(obstacle);
      }
    }
    if (may_set_more_variables(look_)) {
      return unclear(name + " can be executed in no directory that is searched by default", "PATH");
    }
    return first ? first
                 : Obstacle{"interpreter_missing",
                            "its interpreter: " + name + " is in none of the directories of PATH",
                            "install " + name + ", or correct the first line of " + path};
  }

  StartCommand command_;
  const StartContext& start_;
  FactReader look_;
  ExecutablePaths paths_;
  bool is_searched_ = false;  // env(1) executes what is judged
};
}  // namespace

Findings unusable_programs(const StartContext& start, View& see) {
  FactReader look(see);
  Findings out;
  for (const StartCommand& command : start_commands(look)) {
    if (auto finding = ProgramJudgement(command, start, see).take()) {
      out.push_back(std::move(*finding));
    }
  }
  if (look.gap()) {
    out.push_back(unknown("commands", "programs of the next start are known", *look.gap()));
  }
  return out;
}
}  // namespace checklist::checks
