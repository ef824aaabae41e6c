// SPDX-License-Identifier: MIT
#include "checks/definition/start_streams.hpp"

#include <algorithm>
#include <utility>

#include "semantics/unit/specifiers.hpp"

namespace checklist::checks {
namespace {
// D-Bus tells the kind of a stream alone, so its path is read from the unit's files: the last
// assignment counts.
std::string assigned(const std::string& directive, FactReader& look) {
  const std::string& unit = look.view().unit();
  std::vector<std::string> files{look.text(unit, "FragmentPath")};
  for (std::string& each : look.list(unit, "DropInPaths")) {
    files.push_back(std::move(each));
  }
  std::string out;
  for (const std::string& file : files) {
    const UnitFile* read = file.empty() ? nullptr : look.at(UnitFileKey{file});
    for (const UnitFileEntry& each :
         read != nullptr ? read->directives : std::vector<UnitFileEntry>()) {
      out = each.section == "Service" && each.key == directive ? each.value : out;
    }
  }
  return out;
}

// Returns the path of a stream that is a file; nothing if it is none, or not known.
std::optional<std::string> path_of(const std::string& directive, FactReader& look) {
  const std::string& unit = look.view().unit();
  const std::string kind = look.text(unit, directive);
  if (kind != "file" && kind != "append" && kind != "truncate") {
    return std::nullopt;
  }
  const std::string value = assigned(directive, look);
  return value.starts_with(kind + ":/")
             ? semantics::with_specifiers(value.substr(kind.size() + 1), unit)
             : std::nullopt;
}

class StreamJudgement {
 public:
  StreamJudgement(std::string directive, const StartContext& start,
                  const std::vector<MadeDirectory>& made, View& see)
      : directive_(std::move(directive)), start_(start), made_(made), look_(see) {}

  std::optional<Finding> take() {
    const auto path = path_of(directive_, look_);
    const auto obstacle = path && !look_.gap() ? on_path(*path) : std::nullopt;
    const std::string subject = path.value_or(directive_ + "=");
    const std::string expected = "can be opened, for " + directive_ + "=";
    if (look_.gap()) {
      return unknown(subject, expected, *look_.gap());
    }
    return obstacle ? std::optional(start_finding(subject, expected, *obstacle)) : std::nullopt;
  }

 private:
  std::optional<Obstacle> on_path(const std::string& path) {
    const PathLookup found = resolve_path(path, {}, start_.root, look_);
    const bool is_output = directive_ != "StandardInput";
    const std::string correct = ", or correct " + directive_ + "= in the unit file";
    if (found.status == LookupStatus::found) {
      if (is_output && found.node.type == NodeType::directory) {
        return Obstacle{"in_the_way", path + " is a directory: the next start fails",
                        "remove " + path + correct};
      }
      return std::nullopt;
    }
    if (is_output && found.in_directory) {
      return std::nullopt;
    }
    const std::string directory = path.substr(0, path.rfind('/'));
    const std::string& lost = is_output ? directory : path;
    const auto later = std::ranges::find_if(
        made_, [&lost](const MadeDirectory& each) { return is_made(lost, {each}); });
    const bool is_late = is_output && later != made_.end();
    return Obstacle{
        "start_file_missing",
        lost + " is missing: the next start fails" +
            (is_late ? ", because systemd opens " + directive_ + "= before it makes " +
                           later->directive + "="
                     : ""),
        (is_late ? "make " + lost + ", also with tmpfiles.d(5)" : "restore " + lost) + correct};
  }

  std::string directive_;
  const StartContext& start_;
  const std::vector<MadeDirectory>& made_;
  FactReader look_;
};
}  // namespace

Findings unusable_streams(const StartContext& start, const std::vector<MadeDirectory>& made,
                          View& see) {
  Findings out;
  for (const char* directive : {"StandardInput", "StandardOutput", "StandardError"}) {
    if (auto finding = StreamJudgement(directive, start, made, see).take()) {
      out.push_back(std::move(*finding));
    }
  }
  return out;
}

CreatedFiles created_by_streams(const StartContext& start, FactReader& look) {
  CreatedFiles out;
  for (const char* directive : {"StandardOutput", "StandardError"}) {
    const auto path = path_of(directive, look);
    const PathLookup found =
        path ? resolve_path(*path, {}, start.root, look) : PathLookup{.in_directory = false};
    if (found.in_directory) {
      out.insert(found.host);
    }
  }
  return out;
}
}  // namespace checklist::checks
