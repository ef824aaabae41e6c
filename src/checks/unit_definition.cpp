// SPDX-License-Identifier: MIT
// The unit is defined where and as it should be, and runs by that definition; see
// docs/checks/unit_definition.md.
#include <algorithm>

#include "checklist/check.hpp"

#include "checks/definition/drop_in_set.hpp"
#include "checks/definition/exec_command.hpp"
#include "checks/definition/start_accounts.hpp"
#include "checks/definition/start_files.hpp"
#include "checks/view/command.hpp"
#include "checks/view/fact_reader.hpp"
#include "semantics/files/glob.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using semantics::FileGlob;
using semantics::PathGlob;
using semantics::UnitName;

struct Params {
  std::vector<UnitName> aliases;
  std::optional<PathGlob> fragment_path;
  std::optional<DropInSet> drop_ins;
  std::optional<PathGlob> exec_start;
};

constexpr std::tuple fields{
    Field{"aliases", &Params::aliases, "old names that stand for this unit"},
    Field{"fragment_path", &Params::fragment_path, "where its unit file lies, links resolved"},
    Field{"drop_ins", &Params::drop_ins, R"(exactly the drop-ins that it has, or "none")"},
    Field{"exec_start", &Params::exec_start, "the program that ExecStart= names"}};

// Who deploys reloads first and restarts then.
constexpr Duration time_to_restart = 5s;

// The name leads to the unit, for systemd as it is and on disk: a link that is gone is missed at
// the next reload.
Finding alias(const std::string& name, const std::string& id, View& see) {
  const std::string subject = "alias " + name;
  const std::string expected = "stands for " + id;
  const std::string link = "let " + name + " be a link to the unit file of " + id;
  const auto failed = [&](std::string reason, std::string observed, std::string hint) {
    return fail({.subject = subject,
                 .reason = std::move(reason),
                 .expected = expected,
                 .observed = std::move(observed),
                 .hint = std::move(hint)});
  };
  FactReader look(see);
  const Unit* other = look.at(UnitKey{name});
  const std::string* file = look.at(EnablementKey{name});
  if (look.gap()) {
    return unknown(subject, expected, *look.gap());
  }
  const bool is_it = other->id == id;
  if (!is_it && (other->load == LoadState::not_found || other->load == LoadState::masked)) {
    return failed("alias_missing", std::string(text(other->load)),
                  link + ", then run " + daemon_reload(see));
  }
  const bool is_own_file = *file != "not-found" && *file != "alias" && !file->starts_with("linked");
  if (!is_it || (name != id && is_own_file)) {
    return failed("alias_separate",
                  is_it ? "a unit of its own from the next reload on" : "a unit of its own",
                  "run " + systemctl(see, "disable --now", name) + " and " + link + ", then run " +
                      daemon_reload(see));
  }
  return name != id && *file == "not-found"
             ? failed("alias_missing", "its link is gone: the next reload forgets it", link)
             : pass({.subject = subject, .expected = expected, .observed = expected});
}

Finding place(const PathGlob& want, const Definition& definition, bool has_fragment) {
  const std::string target = has_fragment ? definition.loaded.front().target : "no unit file";
  return has_fragment && semantics::matches(want, target)
             ? pass({.subject = "fragment", .expected = want.pattern, .observed = target})
             : fail(
                   {.subject = "fragment",
                    .reason = "elsewhere",
                    .expected = want.pattern,
                    .observed = target,
                    .hint = "move the definition to where it belongs, or correct `fragment_path`"});
}

bool is_drop_in(const FileGlob& glob, const DefinitionFile& file) {
  return semantics::matches(glob, file.path) || semantics::matches(glob, file.target);
}

Findings drop_ins(const DropInSet& want, const Definition& definition, bool has_fragment) {
  Findings out;
  const auto first = definition.loaded.begin() + (has_fragment ? 1 : 0);
  for (const FileGlob& glob : want.all) {
    const bool is_there = std::any_of(first, definition.loaded.end(),
                                      [&](const auto& file) { return is_drop_in(glob, file); });
    if (!is_there) {
      out.push_back(fail({.subject = "drop-in " + glob.pattern,
                          .reason = "drop_in_missing",
                          .expected = "there",
                          .observed = "missing",
                          .hint = "restore that drop-in, or correct `drop_ins`"}));
    }
  }
  for (auto file = first; file != definition.loaded.end(); ++file) {
    const bool is_named = std::ranges::any_of(
        want.all, [&](const FileGlob& glob) { return is_drop_in(glob, *file); });
    if (!is_named) {
      out.push_back(fail({.subject = "drop-in " + file->path,
                          .reason = "drop_in_extra",
                          .expected = "not there",
                          .observed = "there",
                          .hint = "remove " + file->path + ", or name it in `drop_ins`"}));
    }
  }
  if (out.empty()) {
    const std::string all = want.all.empty() ? "none" : "exactly those named";
    out.push_back(pass({.subject = "drop-ins", .expected = all, .observed = all}));
  }
  return out;
}

// How a file on disk differs from the one that was loaded; empty: it does not.
std::string difference(const DefinitionFile* loaded, const DefinitionFile& now) {
  if (loaded == nullptr) {
    return "is new";
  }
  if (now == *loaded) {
    return {};
  }
  return now.target.empty()             ? "is gone, or is masked"
         : now.target != loaded->target ? "leads elsewhere, or was made anew"
                                        : "has changed";
}

Findings not_loaded(const Definition& definition, const View& see) {
  Findings out;
  for (const DefinitionFile& now : definition.on_disk) {
    const auto at = std::ranges::find(definition.loaded, now.path, &DefinitionFile::path);
    const auto what = difference(at != definition.loaded.end() ? &*at : nullptr, now);
    if (!what.empty()) {
      out.push_back(fail({.subject = now.path,
                          .reason = "not_loaded",
                          .expected = "as systemd has loaded it",
                          .observed = what,
                          .hint = "run " + daemon_reload(see)}));
    }
  }
  return out;
}

// systemd compares mtimes, and after set-property it says that its own drop-ins are news to it.
bool is_reload_needed(const Definition& definition) {
  const bool is_set = std::ranges::any_of(definition.loaded, [](const DefinitionFile& file) {
    return file.path.find("/system.control/") != std::string::npos;
  });
  return definition.reload_needed && !is_set;
}

Findings as_on_disk(const Definition& definition, const View& see) {
  constexpr auto subject = "files";
  constexpr auto expected = "as systemd has loaded them";
  Findings out = not_loaded(definition, see);
  if (!out.empty()) {
    return out;
  }
  return {is_reload_needed(definition)
              ? fail({.subject = subject,
                      .reason = "not_loaded",
                      .expected = expected,
                      .observed = "changed on disk, systemd says",
                      .hint = "run " + daemon_reload(see)})
              : pass({.subject = subject, .expected = expected, .observed = expected})};
}

// Since a reload PID 1 does not know by which command it started a process: as long as it does,
// there was none.
bool is_of_this_load(std::uint64_t pid, View& see) {
  return std::ranges::any_of(exec_commands(see, "ExecStart"),
                             [pid](const auto& each) { return each.pid == pid; });
}

// Nothing to say while none of its processes runs.
Findings in_force(const Definition& definition, const Unit& unit, View& see) {
  constexpr auto subject = "process";
  constexpr auto expected = "started by the definition in force";
  const bool is_up = unit.active == ActiveState::active || unit.active == ActiveState::reloading ||
                     unit.active == ActiveState::refreshing;
  if (!is_up || semantics::unit_type(unit.id) != "service") {
    return {};
  }
  if (const auto gap =
          see.unseen_among({"MainPID", "ExecMainStartTimestampMonotonic", "ExecStart"})) {
    return {unknown(subject, expected, *gap)};
  }
  const auto pid = see.property<std::uint64_t>("MainPID").value_or(0);
  const auto started = see.moment("ExecMainStartTimestampMonotonic");
  if (pid == 0 || !started) {
    return {};
  }
  const auto& changed = definition.changed;
  if (is_of_this_load(pid, see) || (changed && *started >= *changed)) {
    return {pass({.subject = subject, .expected = expected, .observed = expected})};
  }
  const std::string restart = "run " + systemctl(see, "restart");
  if (!changed) {
    return {unknown(
        {.subject = subject,
         .reason = "not_seen",
         .expected = expected,
         .observed = "older than files of its definition, and nobody saw what they were before",
         .hint = restart + ", or wait for its next start"})};
  }
  return {see.passed(*changed + time_to_restart)
              ? fail({.subject = subject,
                      .reason = "restart_needed",
                      .expected = expected,
                      .observed = "started by a former definition",
                      .hint = restart})
              : pass({.subject = subject,
                      .expected = expected,
                      .observed = "its definition was loaded just now"})};
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

Findings next_start(const Params& want, View& see) {
  if (semantics::unit_type(see.unit()) != "service") {
    return {};
  }
  Findings out = unusable_programs(see);
  std::ranges::move(missing_start_files(see), std::back_inserter(out));
  std::ranges::move(missing_accounts(see), std::back_inserter(out));
  if (want.exec_start) {
    out.push_back(program(*want.exec_start, see));
  }
  return out;
}

Findings evaluate(const Params& want, View& see) {
  const auto& seen = see[UnitKey{see.unit()}];
  if (!seen) {
    return {unknown("files", "the unit's state is known", seen.unseen())};
  }
  const Unit unit = *seen;
  if (unit.load != LoadState::loaded) {
    return {skip({.subject = "files",
                  .reason = "not_loaded",
                  .expected = "judged while the unit is loaded",
                  .observed = "the unit is not loaded"})};
  }
  Findings out = next_start(want, see);
  const auto add = [&out](Findings more) { std::ranges::move(more, std::back_inserter(out)); };
  for (const UnitName& name : want.aliases) {
    out.push_back(alias(name.name, unit.id, see));
  }
  const auto& definition = see[DefinitionKey{see.unit()}];
  const auto& fragment = see.observed("FragmentPath");
  if (!definition || !fragment) {
    const auto why = definition ? fragment.unseen() : definition.unseen();
    add({unknown("files", "as systemd has loaded them", why)});
    return out;
  }
  const bool has_fragment = !see.text("FragmentPath").empty() && !definition->loaded.empty();
  if (want.fragment_path) {
    out.push_back(place(*want.fragment_path, *definition, has_fragment));
  }
  if (want.drop_ins) {
    add(drop_ins(*want.drop_ins, *definition, has_fragment));
  }
  add(as_on_disk(*definition, see));
  add(in_force(*definition, unit, see));
  return out;
}

// The names by which others may know it. Where its files lie is what a migration changes.
Params capture(View& see) {
  Params out;
  const auto& unit = see[UnitKey{see.unit()}];
  if (!unit || unit->load != LoadState::loaded) {
    return out;
  }
  for (const std::string& name : see.list("Names")) {
    if (name != unit->id && alias(name, unit->id, see).status == Status::pass) {
      out.aliases.push_back({name});
    }
  }
  std::ranges::sort(out.aliases);
  return out;
}
}  // namespace

extern const CheckDef unit_definition;
const CheckDef unit_definition = check<Params, fields, evaluate, capture>(
    "the unit is defined where and as it should be, and runs by that definition", RunsWhen::always);
}  // namespace checklist::checks
