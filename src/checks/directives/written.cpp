// SPDX-License-Identifier: MIT
#include "checks/directives/written.hpp"

#include <charconv>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "checks/directives/evaluate_directives.hpp"

namespace checklist::checks {
namespace {
using Lines = std::vector<std::string>;

// Returns the unit's files as they are on disk; one that could not be read counts as empty.
std::vector<UnitFile> files_of(View& see) {
  std::vector<std::string> paths{see.text("FragmentPath")};
  const auto drop_ins = see.list("DropInPaths");
  paths.insert(paths.end(), drop_ins.begin(), drop_ins.end());
  std::vector<UnitFile> out;
  for (const std::string& path : paths) {
    const auto& file = path.empty() ? Observed<UnitFile>() : see[UnitFileKey{path}];
    if (file) {
      out.push_back(*file);
    }
  }
  return out;
}

// Returns the value as a person writes it in JSON: a number or a boolean where it is one.
Value plain(const std::string& text) {
  if (text == "yes" || text == "true" || text == "on") {
    return {true};
  }
  if (text == "no" || text == "false" || text == "off") {
    return {false};
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && std::to_string(number) == text;
  return is_number ? Value{number} : Value{text};
}

// An empty first line only removes what is before it.
std::size_t assignment_count(const Lines& lines) {
  return lines.size() - (lines.size() > 1 && lines.front().empty() ? 1 : 0);
}

Value as_list(const Lines& lines) {
  Values out;
  for (const std::string& line : lines) {
    if (!line.empty()) {
      out.push_back(Value{line});
    }
  }
  return {std::move(out)};
}

// Returns whether the spelling means what the unit has. Of system calls, systemd leaves out those
// that the architecture lacks, so that all lines are taken for what they say.
bool means(View& see, const ExpectedDirective& spelt, const Setting& has, std::size_t lines) {
  const DirectiveType& type = *spelt.directive->type;
  const auto wanted = resolved(see, spelt);
  const auto* all = std::get_if<Assignments>(&spelt.wanted);
  const bool is_part = all != nullptr && all->lines.size() == lines;
  return wanted && type.satisfies(*spelt.directive, has, *wanted) &&
         (is_part || type.satisfies(*spelt.directive, *wanted, has));
}

// The last assignment alone is tried first: most directives have one value.
std::vector<Value> spellings(const Lines& lines) {
  return {plain(lines.back()), Value{lines.back()}, as_list(lines)};
}

// Returns the first spelling of the lines that is valid and means what it should.
std::optional<ExpectedDirective> spelling_of(
    const Directive& directive, const Lines& lines,
    const std::function<bool(const ExpectedDirective&)>& is_right) {
  for (const Value& spelling : spellings(lines)) {
    ConfigErrors errors;
    auto spelt = parse_expected(directive, spelling, "", errors);
    if (spelt && is_right(*spelt)) {
      return spelt;
    }
  }
  return std::nullopt;
}
}  // namespace

AssignedLines assigned(const std::vector<UnitFile>& files) {
  AssignedLines out;
  for (const UnitFile& file : files) {
    for (const UnitFileEntry& line : file.directives) {
      Lines& lines = out[line.key];
      if (line.value.empty()) {
        lines.clear();
      }
      lines.push_back(line.value);
    }
  }
  return out;
}

// Of a directive with one value, the last assignment says all.
std::optional<ExpectedDirective> as_spelt(const Directive& directive, const Lines& lines) {
  ConfigErrors errors;
  const auto all = parse_expected(directive, as_list(lines), "", errors);
  return spelling_of(directive, lines, [&all](const ExpectedDirective& spelt) {
    return !all || spelt.wanted == all->wanted;
  });
}

ExpectedDirectives written(View& see, std::span<const Directive> table) {
  const AssignedLines lines = assigned(files_of(see));
  ExpectedDirectives out;
  for (const Directive& directive : table) {
    const auto set = lines.find(directive.name);
    const auto has = set != lines.end() ? configured(see, directive) : Observed<Setting>();
    if (has) {
      const auto spelt = spelling_of(directive, set->second, [&](const ExpectedDirective& each) {
        return means(see, each, *has, assignment_count(set->second));
      });
      out.push_back(spelt.value_or(expected_of(directive, *has)));
    }
  }
  return out;
}
}  // namespace checklist::checks
