// SPDX-License-Identifier: MIT
#include "ctl/explanation.hpp"

#include <algorithm>
#include <memory>

#include "config/spec_text.hpp"
#include "render/finding_lines.hpp"
#include "render/label.hpp"
#include "render/moment.hpp"
#include "render/status_cell.hpp"
#include "render/summary.hpp"
#include "render/wrap.hpp"
#include "semantics/unit/spec_name.hpp"

namespace checklist::ctl {
namespace {
constexpr std::size_t help_indent = 6;

const CheckResult* result_of(const ExplainedUnit& unit, std::string_view check) {
  if (unit.row == nullptr) {
    return nullptr;
  }
  const auto at = std::ranges::find(unit.row->checks, check, &CheckResult::check);
  return at == unit.row->checks.end() ? nullptr : &*at;
}

std::string lines(const std::string& text, std::size_t indent, const render::Terminal& terminal) {
  std::string out;
  for (const std::string& line : render::wrapped(text, terminal.columns, indent)) {
    out += line + "\n";
  }
  return out;
}

// Returns why the check does not run; empty if it does.
std::string why_off(const Spec& spec, const Named<CheckDef>& check) {
  const std::string member = "\"" + std::string(check.name) + "\"";
  if (!applies_to(check.def->runs, spec.unit)) {
    return "does not apply to this kind of unit";
  }
  if (spec.switched_off.contains(check.name)) {
    return "switched off by " + member + ": false";
  }
  if (!spec.enabled && !check.def->traits.runs_when_disabled) {
    return "skipped because of \"enabled\": false";
  }
  if (!runs_by_default(check.def->runs, spec.unit) && !spec.checks.contains(check.name)) {
    return "not configured: the spec has no " + member;
  }
  return {};
}

std::string verdict(const Named<CheckDef>& check, const ExplainedUnit& unit) {
  const std::string off = why_off(unit.spec, check);
  const CheckResult* result = result_of(unit, check.name);
  if (!off.empty() || result == nullptr) {
    return off.empty() ? "checklistd does not report it" : off;
  }
  const WallTime since = result->track.since;
  return since == WallTime{} ? "" : "since " + render::moment(since);
}

// Returns the status of a check that the daemon may not report.
Status status_of(const ExplainedUnit& unit, const Named<CheckDef>& check) {
  const CheckResult* result = result_of(unit, check.name);
  if (result != nullptr) {
    return result->status();
  }
  return why_off(unit.spec, check).empty() ? Status::unknown : Status::skip;
}

std::string mark(const ExplainedUnit& unit, const Named<CheckDef>& check,
                 render::Colour colour = render::Colour::plain) {
  const auto [word, ansi] = render::status_cell(status_of(unit, check));
  return render::painted(word, ansi, colour);
}

// What does not pass as `checklistctl status` shows it, then what passes, a line each.
std::string findings(const ExplainedUnit& unit, const CheckResult& result,
                     const render::Terminal& terminal) {
  auto row = std::make_shared<ServiceReport>(*unit.row);
  row->checks = {result};
  Report only;
  only.services.push_back(std::move(row));
  std::string out = render::findings(only, terminal);
  for (const Finding& each : result.findings) {
    if (each.status == Status::pass || each.status == Status::skip) {
      const auto [word, ansi] = render::status_cell(each.status);
      out += lines(render::painted(word, ansi, terminal.colour) + "  " +
                       render::printable(each.subject) + "  " + render::printable(each.observed),
                   4, terminal);
    }
  }
  return out;
}

std::string parameter(const std::string& name, const Value& value, bool is_default,
                      const std::string& help, const render::Terminal& terminal) {
  std::string out =
      lines("  " + render::painted(name, render::bold, terminal.colour) + "  " +
                render::printable(config::json_line(value)) + (is_default ? "  (default)" : ""),
            help_indent, terminal);
  return help.empty() ? out
                      : out + lines(std::string(help_indent, ' ') + help, help_indent, terminal);
}

template <class T>
T member(const Dict& object, const char* name) {
  const auto at = object.find(name);
  const auto* value = at != object.end() ? at->second.get<T>() : nullptr;
  return value != nullptr ? *value : T{};
}

std::string parameters(const Dict& given, const Dict& schema, const render::Terminal& terminal) {
  const Dict known = member<Dict>(schema, "properties");
  std::string out;
  for (const auto& [name, entry] : known) {
    const auto* about = entry.get<Dict>();
    const auto at = given.find(name);
    const auto preset = about != nullptr ? about->find("default") : known.end();
    const bool is_given = at != given.end();
    if (about != nullptr && (is_given || preset != about->end())) {
      out += parameter(name, is_given ? at->second : preset->second, !is_given,
                       member<std::string>(*about, "description"), terminal);
    }
  }
  for (const auto& [name, value] : given) {
    out += known.contains(name) ? "" : parameter(name, value, false, "", terminal);
  }
  return out;
}
}  // namespace

std::string overview(const ExplainedUnit& unit, const render::Terminal& terminal) {
  std::string out =
      lines(semantics::spec_name(unit.spec) + "  spec " + render::printable(unit.spec.file) +
                ", severity " + std::string(text(unit.spec.severity)),
            2, terminal);
  for (const Named<CheckDef>& each : all_checks()) {
    if (applies_to(each.def->runs, unit.spec.unit)) {
      const std::string name(each.name);
      out += lines(mark(unit, each, terminal.colour) + render::padding(mark(unit, each), 11) +
                       name + render::padding(name, 19) + verdict(each, unit),
                   30, terminal);
    }
  }
  return out;
}

std::string explanation(const ExplainedUnit& unit, const Named<CheckDef>& check,
                        const render::Terminal& terminal) {
  const std::string name(check.name);
  const CheckResult* result = result_of(unit, name);
  const Severity severity = severity_of(unit.spec, name, check.def->traits.kind);
  std::string out = lines(mark(unit, check, terminal.colour) + "  " +
                              render::painted(semantics::spec_name(unit.spec) + "  " + name,
                                              render::bold, terminal.colour) +
                              "  " + verdict(check, unit),
                          4, terminal);
  out += lines("    " + std::string(check.def->summary), 4, terminal);
  out += lines("    A failure is " + std::string(text(severity)) + " (" +
                   std::string(text(check.def->traits.kind)) + ").",
               4, terminal);
  out += result != nullptr ? "\n" + findings(unit, *result, terminal) : "";
  const auto given = unit.spec.checks.find(name);
  const std::string listed = parameters(given != unit.spec.checks.end() ? given->second : Dict{},
                                        check.def->schema(), terminal);
  out += listed.empty()
             ? ""
             : "\n" + lines("Parameters, from " + render::printable(unit.spec.file), 2, terminal) +
                   listed;
  return out;
}
}  // namespace checklist::ctl
