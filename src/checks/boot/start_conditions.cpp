// SPDX-License-Identifier: MIT
#include "checks/boot/start_conditions.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/view/fact_reader.hpp"
#include "semantics/unit/mount_unit.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
constexpr auto expected = "met at the next start";
constexpr std::uint32_t executable = 0111;

struct Condition {
  std::string kind;  // "PathExists"
  bool alternative = false;
  bool negated = false;
  std::string path;
  std::string text;  // "ConditionPathExists=!/etc/x"
};

// (name, is an alternative, is negated, parameter, result)
std::optional<Condition> condition_in(const Value& value, std::string_view prefix) {
  const auto* row = value.get<Values>();
  if (row == nullptr || row->size() < 4) {
    return std::nullopt;
  }
  const auto* name = (*row)[0].get<std::string>();
  const auto* alternative = (*row)[1].get<bool>();
  const auto* negated = (*row)[2].get<bool>();
  const auto* path = (*row)[3].get<std::string>();
  if (name == nullptr || alternative == nullptr || negated == nullptr || path == nullptr ||
      !name->starts_with(prefix)) {
    return std::nullopt;
  }
  return Condition{.kind = name->substr(prefix.size()),
                   .alternative = *alternative,
                   .negated = *negated,
                   .path = *path,
                   .text = *name + "=" + (*negated ? "!" : "") + *path};
}

std::vector<Condition> conditions(FactReader& look, const std::string& unit, const char* property,
                                  std::string_view prefix) {
  const Value* value = look.at(PropertyKey{unit, property});
  const auto* rows = value != nullptr ? value->get<Values>() : nullptr;
  std::vector<Condition> out;
  for (const Value& row : rows != nullptr ? *rows : Values{}) {
    if (auto one = condition_in(row, prefix)) {
      out.push_back(std::move(*one));
    }
  }
  return out;
}

// Filled while the system boots: what is there now says nothing about the next boot.
bool is_volatile(const std::string& path) {
  constexpr std::array<std::string_view, 3> trees{"/run", "/proc", "/tmp"};
  return path.starts_with("/var/run/") ||
         std::ranges::any_of(trees, [&](auto tree) { return semantics::is_below(path, tree); });
}

// Returns the file behind all links; null if it is unseen.
const FileStatus* file_at(FactReader& look, const std::string& path) {
  const FileStatus* file = look.at(FileKey{path});
  const bool is_link = file != nullptr && file->type == "symlink" && !file->target.empty();
  return is_link ? look.at(FileKey{file->target}) : file;
}

bool exists(const FileStatus& file) {
  return file.type != "missing" && file.type != "symlink";
}

// Returns the patterns of "a{b,c}d", which PID 1 passes to glob(3) with GLOB_BRACE; nothing if
// braces are nested.
std::vector<std::string> without_braces(const std::string& pattern) {
  const auto open = pattern.find('{');
  const auto close = pattern.find('}', open == std::string::npos ? 0 : open);
  if (open == std::string::npos) {
    return {pattern};
  }
  if (close == std::string::npos || pattern.find('{', open + 1) != std::string::npos) {
    return {};
  }
  std::vector<std::string> out;
  std::string words = pattern.substr(open + 1, close - open - 1) + ",";
  for (auto comma = words.find(','); comma != std::string::npos; comma = words.find(',')) {
    out.push_back(pattern.substr(0, open) + words.substr(0, comma) + pattern.substr(close + 1));
    words.erase(0, comma + 1);
  }
  return out;
}

std::optional<bool> any_match(FactReader& look, const std::string& pattern) {
  const auto patterns = without_braces(pattern);
  bool out = false;
  for (const std::string& each : patterns) {
    const auto* found = look.at(GlobKey{each});
    out |= found != nullptr && !found->empty();
  }
  return patterns.empty() ? std::nullopt : std::optional(out);
}

std::optional<bool> of_file(const std::string& kind, const FileStatus& file) {
  if (kind == "PathExists") {
    return exists(file);
  }
  if (kind == "PathIsDirectory") {
    return file.type == "directory";
  }
  if (kind == "FileNotEmpty") {
    return file.type == "regular" && file.size > 0;
  }
  if (kind == "FileIsExecutable") {
    return file.type == "regular" && (file.mode & executable) != 0;
  }
  return std::nullopt;
}

// Returns whether the condition is met without its negation; nothing if files do not decide it, or
// could not be seen.
std::optional<bool> holds(FactReader& look, const Condition& condition) {
  const std::string& path = condition.path;
  if (condition.kind == "PathExistsGlob") {
    return any_match(look, path);
  }
  if (condition.kind == "DirectoryNotEmpty") {
    const auto visible = any_match(look, path + "/*");
    const auto hidden = any_match(look, path + "/.[!.]*");
    return visible && hidden ? std::optional(*visible || *hidden) : std::nullopt;
  }
  if (condition.kind == "PathIsSymbolicLink") {
    const FileStatus* link = look.at(FileKey{path});
    return link != nullptr ? std::optional(link->type == "symlink") : std::nullopt;
  }
  constexpr std::array<std::string_view, 4> kinds{"PathExists", "PathIsDirectory", "FileNotEmpty",
                                                  "FileIsExecutable"};
  if (std::ranges::find(kinds, condition.kind) == kinds.end()) {
    return std::nullopt;
  }
  const FileStatus* file = file_at(look, path);
  return file != nullptr ? of_file(condition.kind, *file) : std::nullopt;
}

std::string state_in_words(const Condition& condition) {
  if (condition.kind == "PathExists" || condition.kind == "PathExistsGlob") {
    return condition.path + (condition.negated ? " exists" : " does not exist");
  }
  return condition.text + " is not met";
}

// A oneshot may mark its own success with a file, and so run once only.
bool runs_once(FactReader& look, const std::string& unit, const Condition& condition) {
  return condition.negated && semantics::unit_type(unit) == "service" &&
         look.text(unit, "Type") == "oneshot";
}

class Judged {
 public:
  Judged(View& see, const std::string& unit, bool is_assert)
      : see_(see), unit_(unit), is_assert_(is_assert) {}

  void add(const Condition& condition) {
    FactReader look(see_);
    if (is_volatile(condition.path) || runs_once(look, unit_, condition)) {
      is_alternative_open_ |= condition.alternative;
      return;
    }
    const auto held = holds(look, condition);
    if (look.gap()) {
      put(condition, unknown(subject(condition), expected, *look.gap()));
    } else if (held && *held == condition.negated) {
      put(condition, unmet(condition));
    } else {
      is_alternative_open_ |= condition.alternative;
    }
  }

  // One alternative that may be met is enough.
  Findings findings() && {
    if (!is_alternative_open_) {
      std::ranges::move(alternatives_, std::back_inserter(out_));
    }
    return std::move(out_);
  }

 private:
  void put(const Condition& condition, Finding finding) {
    (condition.alternative ? alternatives_ : out_).push_back(std::move(finding));
  }

  [[nodiscard]] Finding unmet(const Condition& condition) const {
    return fail({.subject = subject(condition),
                 .reason = is_assert_ ? "assert" : "condition",
                 .expected = expected,
                 .observed = state_in_words(condition),
                 .hint = std::string("make it true, or remove the line: the next start is ") +
                         (is_assert_ ? "refused" : "skipped")});
  }

  // Names the unit, unless it is the spec's.
  [[nodiscard]] std::string subject(const Condition& condition) const {
    return (unit_ == see_.unit() ? "" : unit_ + ": ") + condition.text;
  }

  View& see_;
  const std::string& unit_;
  bool is_assert_;
  bool is_alternative_open_ = false;
  Findings out_;
  Findings alternatives_;
};
}  // namespace

Findings unmet_conditions(View& see, const std::string& unit) {
  Findings out;
  for (const bool is_assert : {false, true}) {
    FactReader look(see);
    Judged judged(see, unit, is_assert);
    const auto all = is_assert ? conditions(look, unit, "Asserts", "Assert")
                               : conditions(look, unit, "Conditions", "Condition");
    if (look.gap()) {
      out.push_back(unknown(is_assert ? "Assert" : "Condition", expected, *look.gap()));
      continue;
    }
    for (const Condition& condition : all) {
      judged.add(condition);
    }
    std::ranges::move(std::move(judged).findings(), std::back_inserter(out));
  }
  return out;
}
}  // namespace checklist::checks
