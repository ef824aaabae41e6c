// SPDX-License-Identifier: MIT
#include "checks/definition/start_streams.hpp"

#include <algorithm>
#include <utility>

#include "checks/devices/device_policy.hpp"
#include "checks/start/read_only.hpp"
#include "semantics/unit/mount_unit.hpp"
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

bool is_file(const std::string& kind) {
  return kind == "file" || kind == "append" || kind == "truncate";
}

// Returns the path of a stream that is a file; nothing if it is none, or not known.
std::optional<std::string> path_of(const std::string& directive, FactReader& look) {
  const std::string& unit = look.view().unit();
  const std::string kind = look.text(unit, directive);
  if (!is_file(kind)) {
    return std::nullopt;
  }
  const std::string value = assigned(directive, look);
  return value.starts_with(kind + ":/")
             ? semantics::with_specifiers(value.substr(kind.size() + 1), unit)
             : std::nullopt;
}

// Returns whether the unit's files name the kind of file that is loaded: they may be newer.
bool names_file(const std::string& directive, FactReader& look) {
  const std::string kind = look.text(look.view().unit(), directive);
  return is_file(kind) && assigned(directive, look).starts_with(kind + ":");
}

// "inherit" is the stream before it, of input, output and error.
std::string kind_of(const std::string& directive, FactReader& look) {
  const std::string kind = look.text(look.view().unit(), directive);
  if (kind != "inherit") {
    return kind;
  }
  return kind_of(directive == "StandardError" ? "StandardOutput" : "StandardInput", look);
}

bool is_terminal(const std::string& kind) {
  return kind == "tty" || kind == "tty-force" || kind == "tty-fail";
}

// An instance may be one of Accept=, which systemd starts with its socket.
bool has_socket(FactReader& look) {
  const std::string& unit = look.view().unit();
  const auto by = look.list(unit, "TriggeredBy");
  return unit.find('@') != std::string::npos ||
         std::ranges::any_of(by, [](const std::string& each) { return each.ends_with(".socket"); });
}

class StreamJudgement {
 public:
  StreamJudgement(std::string directive, const StartContext& start,
                  const std::vector<MadeDirectory>& made, View& see)
      : directive_(std::move(directive)), start_(start), made_(made), look_(see) {}

  std::optional<Finding> take() {
    const auto path = path_of(directive_, look_);
    auto obstacle = path && !look_.gap() ? on_path(*path) : std::nullopt;
    const std::string kind = kind_of(directive_, look_);
    obstacle = obstacle ? obstacle : on_kind(kind);
    if (!path && names_file(directive_, look_)) {
      obstacle = Obstacle{"specifier", "the path of " + directive_ + "= is not known",
                          "write the path without specifiers of the host", true};
    }
    const std::string subject = path.value_or(directive_ + "=");
    const std::string expected = "can be opened, for " + directive_ + "=";
    if (look_.gap()) {
      return unknown(subject, expected, *look_.gap());
    }
    return obstacle ? std::optional(start_finding(subject, expected, *obstacle)) : std::nullopt;
  }

 private:
  [[nodiscard]] bool is_output() const { return directive_ != "StandardInput"; }

  std::optional<Obstacle> on_kind(const std::string& kind) {
    if (is_terminal(kind)) {
      return on_terminal();
    }
    if ((kind == "socket" || kind == "fd") && !has_socket(look_)) {
      return Obstacle{
          "no_socket",
          directive_ + "=" + kind +
              " needs a socket unit, and none starts the service: its start fails",
          "start it with a socket unit, or correct " + directive_ + "= in the unit file"};
    }
    return kind == "null" ? on_null() : std::nullopt;
  }

  std::optional<Obstacle> on_terminal() {
    const std::string given = look_.text(look_.view().unit(), "TTYPath");
    const std::string path = given.empty() ? "/dev/console" : given;
    const PathLookup found = resolve_path(path, {}, start_.manager, look_);
    const bool is_there = found.status == LookupStatus::found;
    constexpr std::uint32_t memory = 1;  // major number of /dev/null and its like
    if (is_there && found.node.type == NodeType::character && found.node.major != memory) {
      return std::nullopt;
    }
    return Obstacle{is_there ? "in_the_way" : "start_file_missing",
                    path + (is_there ? " is not a terminal" : " is missing") +
                        ": the next start fails, because " + directive_ + "= needs it",
                    "correct TTYPath= or " + directive_ + "= in the unit file"};
  }

  // The processes open /dev/null themselves, under the policy of their cgroup.
  std::optional<Obstacle> on_null() {
    const std::string& unit = look_.view().unit();
    if (look_.text(unit, "DevicePolicy") != "strict") {
      return std::nullopt;
    }
    Node null;
    null.type = NodeType::character;
    null.major = 1;
    null.minor = 3;
    const auto policies = device_policies(look_, unit, std::nullopt);
    const auto verdict = judge(policies.front(), null, is_output() ? "w" : "r", look_);
    return verdict.decision == PolicyDecision::allowed
               ? std::nullopt
               : std::optional(Obstacle{"closed",
                                        "DevicePolicy=strict denies /dev/null, which " +
                                            directive_ + "= needs: the next start fails",
                                        "add `DeviceAllow=/dev/null rw` to the unit file"});
  }

  // A pipe is opened when its other side is, a socket if a program listens.
  std::optional<Obstacle> on_file(const std::string& path, const PathLookup& found,
                                  const std::string& correct) {
    const bool is_directory = found.node.type == NodeType::directory;
    if (is_output() && is_directory) {
      return Obstacle{"in_the_way", path + " is a directory: the next start fails",
                      "remove " + path + correct};
    }
    if (found.node.type == NodeType::other) {
      return Obstacle{"other_side",
                      path +
                          " is a pipe or a socket: the next start needs the program at its "
                          "other side",
                      "name a regular file in " + directive_ + "= of the unit file", true};
    }
    return is_output() && found.node.type == NodeType::regular
               ? on_file_system(path, found.host, correct)
               : std::nullopt;
  }

  std::optional<Obstacle> on_file_system(const std::string& path, const std::string& host,
                                         const std::string& correct) {
    const auto& mounts = look_.view()[MountsKey{1}];
    const Mount* mount = mounts ? semantics::mount_above(*mounts, host) : nullptr;
    const bool is_kernels = mount != nullptr && (mount->type == "proc" || mount->type == "sysfs");
    return !is_kernels && is_on_read_only_mount(host, look_)
               ? std::optional(read_only(path, correct))
               : std::nullopt;
  }

  static Obstacle read_only(const std::string& path, const std::string& correct) {
    return {"read_only",
            path + " cannot be opened: its file system is read-only, and the next start fails",
            "mount it writable" + correct};
  }

  std::optional<Obstacle> on_path(const std::string& path) {
    const PathLookup found = resolve_path(path, {}, start_.manager, look_);
    const std::string correct = ", or correct " + directive_ + "= in the unit file";
    if (found.status == LookupStatus::found) {
      return on_file(path, found, correct);
    }
    if (is_output() && found.in_directory) {
      return is_on_read_only_mount(found.host, look_) ? std::optional(read_only(path, correct))
                                                      : std::nullopt;
    }
    const std::string directory = path.substr(0, path.rfind('/'));
    const std::string& lost = is_output() ? directory : path;
    const auto later = std::ranges::find_if(
        made_, [&lost](const MadeDirectory& each) { return is_made(lost, {each}); });
    const bool is_late = is_output() && later != made_.end();
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
        path ? resolve_path(*path, {}, start.manager, look) : PathLookup{.in_directory = false};
    if (found.in_directory) {
      out.insert(found.host);
    }
  }
  return out;
}
}  // namespace checklist::checks
