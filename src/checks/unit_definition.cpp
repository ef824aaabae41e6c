// SPDX-License-Identifier: MIT
// The unit is defined where and as it should be, and runs by that definition; see
// docs/checks/unit_definition.md.
#include <algorithm>

#include "checklist/check.hpp"

#include "checks/definition/alias.hpp"
#include "checks/definition/drop_in_set.hpp"
#include "checks/definition/exec_command.hpp"
#include "checks/definition/exec_directories.hpp"
#include "checks/definition/ignored_lines.hpp"
#include "checks/definition/loaded_files.hpp"
#include "checks/definition/next_start.hpp"
#include "checks/definition/runtime_files.hpp"
#include "checks/earlier/earlier_life.hpp"
#include "checks/probes/config_test.hpp"
#include "semantics/files/glob.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
using semantics::PathGlob;
using semantics::PathPattern;
using semantics::TestCommand;
using semantics::UnitName;

struct Params {
  std::vector<UnitName> aliases;
  std::optional<PathGlob> fragment_path;
  std::optional<DropInSet> drop_ins;
  std::optional<PathGlob> exec_start;
  std::optional<TestCommand> config_test;
  std::vector<PathPattern> config_files;

  void validate(const std::string& at, ConfigErrors& errors) const {
    if (!config_files.empty() && !config_test) {
      errors.push_back({at, "`config_test` beside `config_files`", "no `config_test`"});
    }
  }
};

constexpr std::tuple fields{
    Field{"aliases", &Params::aliases, "other names of this unit"},
    Field{"fragment_path", &Params::fragment_path, "the path of its unit file, links resolved"},
    Field{"drop_ins", &Params::drop_ins, R"(the exact drop-ins of the unit, or "none")"},
    Field{"exec_start", &Params::exec_start, "the program that ExecStart= names"},
    Field{"config_test", &Params::config_test,
          "a program and its arguments that test the configuration on disk"},
    Field{"config_files", &Params::config_files,
          "paths and globs of the configuration: after a change it is tested at once"}};

Findings alias_findings(const std::vector<UnitName>& want, const std::string& id, View& see) {
  Findings out;
  std::vector<std::string> failed;
  for (const UnitName& name : want) {
    out.push_back(alias_finding(name.name, id, see));
    if (out.back().status != Status::pass) {
      failed.push_back(name.name);
    }
  }
  std::ranges::move(lost_names(failed, id, see), std::back_inserter(out));
  return out;
}

Finding place(const PathGlob& want, const Definition& definition, bool has_fragment) {
  const std::string target = has_fragment ? definition.loaded.front().target : "no unit file";
  return has_fragment && semantics::matches(want, target)
             ? pass({.subject = "fragment", .expected = want.pattern, .observed = target})
             : fail({.subject = "fragment",
                     .reason = "elsewhere",
                     .expected = want.pattern,
                     .observed = target,
                     .hint = "move the unit file, or correct `fragment_path`"});
}

Finding program(const PathGlob& want, View& see) {
  const auto& seen = see.observed("ExecStart");
  if (!seen) {
    return unknown("ExecStart", want.pattern, seen.unseen());
  }
  const auto commands = exec_commands(see, "ExecStart");
  const std::string path = commands.empty() ? "no command" : commands.front().path;
  const auto& file = see[FileKey{path}];
  const bool is_it =
      semantics::matches(want, path) || (file && semantics::matches(want, file->target));
  return is_it ? pass({.subject = "ExecStart", .expected = want.pattern, .observed = path})
               : fail({.subject = "ExecStart",
                       .reason = "other_program",
                       .expected = want.pattern,
                       .observed = path,
                       .hint = "correct ExecStart= in the unit file, or `exec_start`"});
}

Findings start_findings(const Params& want, View& see) {
  if (semantics::unit_type(see.unit()) != "service") {
    return {};
  }
  Findings out = next_start(see);
  std::ranges::move(lost_directories(see), std::back_inserter(out));
  if (want.exec_start) {
    out.push_back(program(*want.exec_start, see));
  }
  if (want.config_test) {
    out.push_back(config_test(*want.config_test, want.config_files, see));
  }
  return out;
}

Findings evaluate(const Params& want, View& see) {
  const auto& seen = see[UnitKey{see.unit()}];
  if (!seen) {
    return {unknown("files", "unit state is known", seen.unseen())};
  }
  const Unit unit = *seen;
  if (unit.load != LoadState::loaded) {
    return {skip({.subject = "files",
                  .reason = "not_loaded",
                  .expected = "unit is loaded",
                  .observed = "unit is not loaded"})};
  }
  Findings out = start_findings(want, see);
  const auto add = [&out](Findings more) { std::ranges::move(more, std::back_inserter(out)); };
  add(earlier_life(see));
  add(alias_findings(want.aliases, unit.id, see));
  add(runtime_files(see));
  const auto& definition = see[DefinitionKey{see.unit()}];
  const auto& fragment = see.observed("FragmentPath");
  if (!definition || !fragment) {
    const auto why = definition ? fragment.unseen() : definition.unseen();
    add({unknown("files", "as loaded by systemd", why)});
    return out;
  }
  const bool has_fragment = !see.text("FragmentPath").empty() && !definition->loaded.empty();
  if (want.fragment_path) {
    out.push_back(place(*want.fragment_path, *definition, has_fragment));
  }
  if (want.drop_ins) {
    add(drop_in_findings(*want.drop_ins, *definition, has_fragment));
  }
  add(ignored_lines(unit.id, see));
  add(as_loaded(*definition, see));
  add(process_definition(*definition, unit, see));
  return out;
}

// Returns only the aliases, which other units may use. A migration changes the paths.
Params capture(View& see) {
  Params out;
  const auto& unit = see[UnitKey{see.unit()}];
  if (!unit || unit->load != LoadState::loaded) {
    return out;
  }
  for (const std::string& name : see.list("Names")) {
    if (name != unit->id && alias_finding(name, unit->id, see).status == Status::pass) {
      out.aliases.push_back({name});
    }
  }
  std::ranges::sort(out.aliases);
  return out;
}
}  // namespace

extern const CheckDef unit_definition;
const CheckDef unit_definition = check<Params, fields, evaluate, capture>(
    "the unit is loaded from the expected files and runs with that definition", RunsWhen::always);
}  // namespace checklist::checks
