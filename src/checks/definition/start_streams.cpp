// SPDX-License-Identifier: MIT
#include "checks/definition/start_streams.hpp"

#include <array>
#include <utility>

namespace checklist::checks {
namespace {
// Replaces the specifiers of systemd.unit(5) that depend on the unit's name alone. Nothing if there
// are others.
std::optional<std::string> expanded(const std::string& text, const std::string& unit) {
  const std::string prefix_and_instance = unit.substr(0, unit.rfind('.'));
  const auto at = prefix_and_instance.find('@');
  const std::string instance =
      at != std::string::npos ? prefix_and_instance.substr(at + 1) : std::string();
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char word = text[i] == '%' && i + 1 < text.size() ? text[++i] : '\0';
    switch (word) {
      case '\0':
        out += text[i];
        break;
      case '%':
        out += '%';
        break;
      case 'n':
        out += unit;
        break;
      case 'N':
        out += prefix_and_instance;
        break;
      case 'p':
        out += prefix_and_instance.substr(0, at);
        break;
      case 'i':
        out += instance;
        break;
      case 'S':
        out += "/var/lib";
        break;
      case 'L':
        out += "/var/log";
        break;
      case 'C':
        out += "/var/cache";
        break;
      case 't':
        out += "/run";
        break;
      case 'E':
        out += "/etc";
        break;
      default:
        return std::nullopt;
    }
  }
  return out;
}

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

class StreamJudgement {
 public:
  StreamJudgement(std::string directive, const StartContext& start,
                  const std::vector<MadeDirectory>& made, View& see)
      : directive_(std::move(directive)), start_(start), made_(made), look_(see) {}

  std::optional<Finding> take() {
    const std::string& unit = look_.view().unit();
    const std::string kind = look_.text(unit, directive_);
    if (kind != "file" && kind != "append" && kind != "truncate") {
      return look_.gap() ? seen(directive_ + "=", std::nullopt) : std::nullopt;
    }
    const std::string value = assigned(directive_, look_);
    const auto path = value.starts_with(kind + ":/") ? expanded(value.substr(kind.size() + 1), unit)
                                                     : std::nullopt;
    if (look_.gap() || !path) {
      return look_.gap() ? seen(directive_ + "=", std::nullopt) : std::nullopt;
    }
    return seen(*path, on_path(*path));
  }

 private:
  std::optional<Finding> seen(const std::string& subject, const std::optional<Obstacle>& obstacle) {
    const std::string expected = "can be opened, for " + directive_ + "=";
    if (look_.gap()) {
      return unknown(subject, expected, *look_.gap());
    }
    return obstacle ? std::optional(start_finding(subject, expected, *obstacle)) : std::nullopt;
  }

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
    const std::string directory = path.substr(0, path.rfind('/'));
    if (is_output && (found.in_directory || is_made(directory, made_))) {
      return std::nullopt;
    }
    const std::string& lost = is_output ? directory : path;
    return Obstacle{"start_file_missing", lost + " is missing: the next start fails",
                    "restore " + lost + correct};
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
}  // namespace checklist::checks
