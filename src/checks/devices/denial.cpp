// SPDX-License-Identifier: MIT
#include "checks/devices/denial.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "checks/view/command.hpp"
#include "semantics/files/account.hpp"
#include "semantics/text/sentence.hpp"

namespace checklist::checks {
namespace {
constexpr std::uint32_t digit = 7;
constexpr unsigned group_shift = 3;

std::uint32_t bits_of(const std::string& letters) {
  return (letters.find('r') != std::string::npos ? semantics::may_read : 0U) |
         (letters.find('w') != std::string::npos ? semantics::may_write : 0U);
}

// Returns the groups, other than root's, that can open the node; the owning group first.
std::vector<std::uint32_t> open_groups(const Permissions& of, std::uint32_t want) {
  const std::uint32_t mask = of.mode >> group_shift & digit;
  const std::uint32_t owning = of.acl && mask != 0 ? of.acl->owning_group & mask : mask;
  std::vector<std::uint32_t> out;
  if ((owning & want) == want && of.gid != 0) {
    out.push_back(of.gid);
  }
  for (const AclEntry& each : of.acl&& mask != 0 ? of.acl->named : std::vector<AclEntry>()) {
    if (each.for_group && (each.bits & mask & want) == want) {
      out.push_back(each.id);
    }
  }
  return out;
}

// Returns whether an entry of the ACL would allow the access if the mask did not narrow it.
bool is_masked(const Permissions& of, std::uint32_t want, const semantics::Credentials& who) {
  if (!of.acl) {
    return false;
  }
  const bool owning = semantics::is_member(who, of.gid) && (of.acl->owning_group & want) == want;
  return owning || std::ranges::any_of(of.acl->named, [&](const AclEntry& each) {
           const bool ours =
               each.for_group ? semantics::is_member(who, each.id) : each.id == who.uid;
           return ours && (each.bits & want) == want;
         });
}

class Describer {
 public:
  Describer(const DeviceAccess& access, const DeviceQuestion& question, const Accounts& accounts)
      : access_(access),
        question_(question),
        accounts_(accounts),
        path_(question.device.path),
        letters_(text(question.device.use)) {}

  [[nodiscard]] DenialMessage take() const {
    switch (access_.denial) {
      case Denial::missing:
        return missing();
      case Denial::hidden:
        return hidden();
      case Denial::inaccessible:
        return {"inaccessible", access_.setting + " makes " + path_ + " inaccessible",
                "remove " + access_.setting + " from " + question_.unit};
      case Denial::no_dev:
        return {"nodev", "the file system of " + access_.at + " is mounted nodev",
                "mount it without nodev, or use a node in /dev"};
      case Denial::not_a_device:
        return {"not_a_device", access_.at + " is not a device node",
                "remove it and let the driver or udev create the node"};
      case Denial::search:
        return search();
      case Denial::mode:
        return mode();
      default:
        return policy();
    }
  }

 private:
  [[nodiscard]] DenialMessage missing() const {
    const std::string where =
        access_.at == path_ ? path_ : path_ + " leads to " + access_.at + ", which";
    return {"missing", where + " does not exist",
            "load the driver that creates " + path_ + ", or remove it from the spec"};
  }

  [[nodiscard]] DenialMessage hidden() const {
    const std::string hint = access_.setting == "PrivateDevices=yes"
                                 ? "set PrivateDevices=no for " + question_.unit
                                 : "remove " + access_.setting + " from " + question_.unit +
                                       ", or add BindPaths=" + path_;
    return {"hidden", access_.setting + " hides " + path_ + " from " + question_.unit, hint};
  }

  [[nodiscard]] DenialMessage search() const {
    return {"search",
            access_.at + " is " + shown(access_.node, accounts_) + ", and " + who() +
                " may not search it",
            "allow searching the directory: " + shell_command({"chmod", "a+x", access_.at})};
  }

  [[nodiscard]] DenialMessage mode() const {
    const Permissions& of = access_.node.permissions;
    const std::uint32_t want = bits_of(letters_);
    const std::string seen = access_.at + " is " + shown(access_.node, accounts_) + ", and " +
                             who() + " may not open it for " + purpose(question_.device.use);
    if (is_masked(of, want, question_.who)) {
      return {"acl_mask", seen + " because of its ACL's mask",
              "widen the mask: " + shell_command({"setfacl", "-m", "m::" + letters_, access_.at})};
    }
    return {"mode", seen, mode_hint(of, want)};
  }

  [[nodiscard]] std::string mode_hint(const Permissions& of, std::uint32_t want) const {
    const auto groups = open_groups(of, want);
    const auto wished = [this](std::uint32_t gid) { return is_wanted(gid); };
    const auto best = std::ranges::find_if(groups, wished);
    if (best != groups.end()) {
      return "add `SupplementaryGroups=" + group_argument(*best) + "` to " + question_.unit +
             ", then " + question_.restart;
    }
    const std::string rule = ", and set GROUP= and MODE= in a udev rule";
    if (is_wanted(of.gid) && semantics::is_member(question_.who, of.gid)) {
      return "allow the group: " + shell_command({"chmod", "g+" + letters_, access_.at}) + rule;
    }
    const std::string group = question_.via.empty() ? "video" : question_.via.front();
    return "change its group to one of the unit's: " + shell_command({"chgrp", group, access_.at}) +
           " and " + shell_command({"chmod", "g+" + letters_, access_.at}) + rule;
  }

  // Returns the group as systemd.exec(5) takes it: its name, or its number if it has none.
  [[nodiscard]] std::string group_argument(std::uint32_t gid) const {
    return semantics::name_of_group(accounts_, gid).value_or(std::to_string(gid));
  }

  [[nodiscard]] bool is_wanted(std::uint32_t gid) const {
    return question_.via.empty() ? gid != 0
                                 : std::ranges::find(question_.via, group_name(gid, accounts_)) !=
                                       question_.via.end();
  }

  [[nodiscard]] DenialMessage policy() const {
    const bool of_slice = access_.denial == Denial::slice_policy;
    const std::string allow =
        "add DeviceAllow=" + access_.at + " " + letters_ + " to " + access_.unit;
    if (access_.policy.decision == PolicyDecision::no_class) {
      return {"device_class",
              access_.policy.entry + " in DeviceAllow= of " + access_.unit +
                  " matches no line of /proc/devices, and no other entry covers " + access_.at,
              "use a class name from /proc/devices, or " + allow};
    }
    if (access_.policy.decision == PolicyDecision::too_late) {
      return resolved_too_early();
    }
    const std::string seen =
        access_.policy.decision == PolicyDecision::too_few
            ? access_.policy.entry + " in DeviceAllow= of " + access_.unit + " does not allow " +
                  letters_
            : "DevicePolicy= and DeviceAllow= of " + access_.unit + " do not cover " + access_.at;
    return {of_slice ? "slice_policy" : "device_policy", seen, allow};
  }

  // A slice keeps its list while the unit is restarted.
  [[nodiscard]] DenialMessage resolved_too_early() const {
    const bool of_slice = access_.denial == Denial::slice_policy;
    return {of_slice ? "slice_policy" : "device_policy",
            access_.at + " was not there when systemd looked up " + access_.policy.entry +
                " in DeviceAllow= of " + access_.unit +
                ", which it does when that starts and at a daemon-reload",
            (of_slice ? "run " + question_.reload + ", then " : "") + question_.restart};
  }

  [[nodiscard]] std::string who() const {
    const auto or_number = [](const std::optional<std::string>& name, std::uint32_t id) {
      return name.value_or(std::to_string(id));
    };
    const auto group = [&](std::uint32_t gid) {
      return or_number(semantics::name_of_group(accounts_, gid), gid);
    };
    std::set<std::string> groups{group(question_.who.gid)};
    std::ranges::transform(question_.who.groups, std::inserter(groups, groups.end()), group);
    const std::uint32_t uid = question_.who.uid;
    return question_.unit + " (user " + or_number(semantics::name_of_user(accounts_, uid), uid) +
           ", groups " + semantics::enumerated(groups) + ")";
  }

  const DeviceAccess& access_;
  const DeviceQuestion& question_;
  const Accounts& accounts_;
  const std::string& path_;
  std::string letters_;
};
}  // namespace

DenialMessage describe_denial(const DeviceAccess& access, const DeviceQuestion& question,
                              const Accounts& accounts) {
  return Describer(access, question, accounts).take();
}

std::string purpose(DeviceUse use) {
  switch (use) {
    case DeviceUse::r:
      return "reading";
    case DeviceUse::w:
      return "writing";
    default:
      return "reading and writing";
  }
}

std::string shown(const Node& node, const Accounts& accounts) {
  const std::string_view letters = "rwxrwxrwx";
  std::string out(1, node.type == NodeType::directory   ? 'd'
                     : node.type == NodeType::character ? 'c'
                     : node.type == NodeType::block     ? 'b'
                                                        : '-');
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const bool is_set = (node.permissions.mode >> (letters.size() - 1 - i) & 1U) != 0;
    out += is_set ? letters[i] : '-';
  }
  return out + (node.permissions.acl ? "+ " : " ") + user_name(node.permissions.uid, accounts) +
         ":" + group_name(node.permissions.gid, accounts);
}

std::string user_name(std::uint32_t uid, const Accounts& accounts) {
  return uid == dynamic_id ? "(dynamic)" : semantics::user_text(accounts, uid);
}

std::string group_name(std::uint32_t gid, const Accounts& accounts) {
  return gid == dynamic_id ? "(dynamic)" : semantics::group_text(accounts, gid);
}
}  // namespace checklist::checks
