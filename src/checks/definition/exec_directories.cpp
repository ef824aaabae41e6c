// SPDX-License-Identifier: MIT
#include "checks/definition/exec_directories.hpp"

#include <algorithm>

#include "checks/definition/next_start.hpp"
#include "checks/start/read_only.hpp"
#include "checks/view/rows.hpp"
#include "semantics/files/file_rules.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
constexpr unsigned version_that_follows_links = 254;  // of systemd

std::string parent(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

bool may_be_link(FactReader& look) {
  const Host* host = look.at(HostKey{});
  const auto digits =
      host != nullptr ? semantics::pieces(host->version, ".-~ (") : std::vector<std::string_view>();
  const auto version = digits.empty() ? std::nullopt : semantics::number<unsigned>(digits[0]);
  return !version || *version >= version_that_follows_links;
}

std::uint32_t mode_of(const MadeDirectory& made, FactReader& look) {
  const Value* value = look.at(PropertyKey{look.view().unit(), made.directive + "Mode"});
  const auto* mode = value != nullptr ? value->get<std::uint64_t>() : nullptr;
  return mode != nullptr ? static_cast<std::uint32_t>(*mode) : 0755;
}

// setup_exec_directory() of systemd's src/core/execute.c: what makes it fail.
class DirectoryJudgement {
 public:
  DirectoryJudgement(const MadeDirectory& made, const StartContext& start, View& see)
      : made_(made), start_(start), look_(see) {}

  std::optional<Finding> take() {
    const auto obstacle = made_.path != made_.real ? on_private() : on_public();
    const std::string expected = "can be made, for " + made_.directive + "=";
    if (look_.gap()) {
      // What lies in private directories only root can see: it is systemd's own.
      return look_.gap()->reason == "permission"
                 ? std::nullopt
                 : std::optional(unknown(made_.path, expected, *look_.gap()));
    }
    return obstacle ? std::optional(start_finding(made_.path, expected, *obstacle)) : std::nullopt;
  }

 private:
  Obstacle in_the_way(const std::string& path, const std::string& what) const {
    return {"in_the_way", path + " is " + what + ": the next start fails",
            "move " + path + " away, or correct " + made_.directive + "= in the unit file"};
  }

  // mkdir -p follows links of the directories above.
  std::optional<Obstacle> on_parents() {
    for (std::string path = parent(made_.path); path != "/"; path = parent(path)) {
      const Node* node = look_.at(NodeKey{path});
      if (node == nullptr || node->type == NodeType::directory) {
        return std::nullopt;
      }
      if (node->type == NodeType::symlink &&
          node_on_host(path, look_).type != NodeType::directory) {
        return in_the_way(path, "a dangling symbolic link");
      }
      if (node->type != NodeType::missing && node->type != NodeType::symlink) {
        return in_the_way(path, "not a directory");
      }
    }
    return std::nullopt;
  }

  std::optional<Obstacle> on_public() {
    if (auto obstacle = on_parents()) {
      return obstacle;
    }
    const Node* node = look_.at(NodeKey{made_.path});
    const bool is_usual =
        node == nullptr || node->type == NodeType::missing || node->type == NodeType::directory;
    if (is_usual) {
      return node != nullptr && is_changed(*node) ? on_file_system() : std::nullopt;
    }
    const bool is_configuration = made_.directive == "ConfigurationDirectory";
    if (node->type != NodeType::symlink) {
      return is_configuration ? std::nullopt
                              : std::optional(in_the_way(made_.path, "not a directory"));
    }
    const bool is_dangling = node_on_host(made_.path, look_).type == NodeType::missing;
    if (is_dangling && !look_.gap()) {
      return in_the_way(made_.path, "a dangling symbolic link");
    }
    // One into "private" is left by DynamicUser=, and is replaced.
    const bool is_left = node->link.find("private/") != std::string::npos;
    return is_configuration || is_left || may_be_link(look_)
               ? std::nullopt
               : std::optional(in_the_way(made_.path,
                                          "a symbolic link, which systemd does not follow there"));
  }

  // Returns whether the start makes the directory, or gives it to the user.
  bool is_changed(const Node& node) {
    const Permissions& of = node.permissions;
    const bool is_kept = made_.directive == "ConfigurationDirectory" || !start_.user ||
                         (of.uid == start_.user->uid && of.gid == start_.user->gid &&
                          of.mode == mode_of(made_, look_));
    return node.type == NodeType::missing || !is_kept;
  }

  std::optional<Obstacle> on_file_system() {
    return is_on_read_only_mount(made_.path, look_)
               ? std::optional(Obstacle{"read_only",
                                        made_.path +
                                            " cannot be made or given to the user: its file system "
                                            "is read-only, and the next start fails",
                                        "mount it writable"})
               : std::nullopt;
  }

  std::optional<Obstacle> on_private() {
    if (auto obstacle = on_parents()) {
      return obstacle;
    }
    const Node* node = look_.at(NodeKey{made_.path});
    if (node != nullptr && node->type == NodeType::missing) {
      return on_file_system();
    }
    if (node == nullptr || node->type == NodeType::directory) {
      return std::nullopt;  // a directory is moved into "private" by the start
    }
    if (node->type != NodeType::symlink) {
      return in_the_way(made_.path, "not a directory");
    }
    const std::string target =
        node->link.starts_with('/') ? node->link : parent(made_.path) + '/' + node->link;
    return target == made_.real
               ? std::nullopt
               : std::optional(in_the_way(made_.path, "a symbolic link to another place"));
  }

  const MadeDirectory& made_;
  const StartContext& start_;
  FactReader look_;
};

std::optional<Finding> lost(const MadeDirectory& made, const StartContext& start, View& see) {
  FactReader look(see);
  const bool is_configuration = made.directive == "ConfigurationDirectory";
  const PathLookup found = resolve_path(made.path, {}, start.manager, look);
  const std::uint32_t wanted =
      is_configuration ? semantics::may_search : mode_of(made, look) >> 6U & 7U;
  if (look.gap() || found.status != LookupStatus::found || found.node.type != NodeType::directory ||
      semantics::grant(found.node.permissions, NodeType::directory, wanted, *start.user)) {
    return std::nullopt;
  }
  return fail({.subject = made.path,
               .reason = "closed",
               .expected = start.user_name + " may use it, for " + made.directive + "=",
               .observed = start.user_name + " may not use " + made.path + ": its owner or mode (" +
                           semantics::mode_text(found.node.permissions.mode) + ") was changed",
               .hint = is_configuration ? "run " + chmod_command(found.node.permissions,
                                                                 *start.user, "+rx", made.path)
                                        : restart_advice(see) + ": systemd sets both again"});
}

// Links to directories, as of StateDirectory=x:y. A row is (directory, link, …), both below the
// same place.
Findings unmakeable_links(const std::vector<MadeDirectory>& made, View& see) {
  Findings out;
  for (const MadeDirectory& each : made) {
    FactReader look(see);
    if (each.directive == "ConfigurationDirectory") {
      continue;
    }
    for (const Values& row : rows(look, see.unit(), each.directive + "Symlink")) {
      const std::string name = word(row, 0);
      const std::string place = each.path.ends_with('/' + name)
                                    ? each.path.substr(0, each.path.size() - name.size())
                                    : "";
      const std::string link = place + word(row, 1);
      const Node* node = place.empty() ? nullptr : look.at(NodeKey{link});
      if (node == nullptr || node->type == NodeType::missing) {
        continue;
      }
      const bool is_it = node->type == NodeType::symlink &&
                         (node->link == name || target_on_host(link, look) == each.real);
      if (!is_it) {
        out.push_back(start_finding(
            link, "can be made, for " + each.directive + "=",
            {"in_the_way",
             link + " is there, and is not the link to " + each.real + ": the next start fails",
             "move " + link + " away, or correct " + each.directive + "= in the unit file"}));
      }
    }
    if (look.gap()) {
      out.push_back(unknown(each.path, "links to it are known", *look.gap()));
    }
  }
  return out;
}
}  // namespace

Findings unmakeable_directories(const std::vector<MadeDirectory>& made, const StartContext& start,
                                View& see) {
  Findings out = unmakeable_links(made, see);
  for (const MadeDirectory& each : made) {
    if (auto finding = DirectoryJudgement(each, start, see).take()) {
      out.push_back(std::move(*finding));
    }
  }
  return out;
}

Findings lost_directories(View& see) {
  FactReader look(see);
  const auto made = made_directories(look);
  const auto start = made.empty() ? StartContext{} : start_context(look);
  Findings out;
  const auto& unit = see[UnitKey{see.unit()}];
  const bool is_running = unit && unit->active == ActiveState::active && unit->sub == "running";
  if (!is_running || !start.user || start.user->uid == dynamic_id) {
    return out;
  }
  for (const MadeDirectory& each : made) {
    auto finding = each.path == each.real ? lost(each, start, see) : std::nullopt;
    if (finding) {
      out.push_back(std::move(*finding));
    }
  }
  return out;
}
}  // namespace checklist::checks
