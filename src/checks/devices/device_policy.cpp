// SPDX-License-Identifier: MIT
#include "checks/devices/device_policy.hpp"

#include <algorithm>
#include <array>

#include <fnmatch.h>

#include "checks/devices/device_age.hpp"
#include "checks/paths/path_lookup.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
struct Number {
  std::uint32_t major;
  std::uint32_t minor;
};

// The devices that "closed" allows besides the list: null, zero, full, random, urandom, tty, ptmx
// and pseudo-terminals.
constexpr std::array always{Number{1, 3}, Number{1, 5}, Number{1, 7}, Number{1, 8},
                            Number{1, 9}, Number{5, 0}, Number{5, 2}};
constexpr std::string_view terminals = "pts";

bool has_letters(const std::string& given, const std::string& wanted) {
  return std::ranges::all_of(wanted,
                             [&](char each) { return given.find(each) != std::string::npos; });
}

// Returns the lines of /proc/devices of a class given by name or glob.
std::vector<DeviceClass> classes(const std::string& name, bool block, FactReader& look) {
  std::vector<DeviceClass> out;
  const auto* all = look.at(DeviceClassesKey{});
  for (const DeviceClass& each : all != nullptr ? *all : std::vector<DeviceClass>()) {
    if (each.block == block && each.major > 0 &&
        ::fnmatch(name.c_str(), each.name.c_str(), 0) == 0) {
      out.push_back(each);
    }
  }
  return out;
}

// Reads "/dev/char/195:0", which works without the symbolic link.
std::optional<Node> by_number(const std::string& path) {
  for (const auto& [prefix, type] :
       {std::pair{"/dev/char/", NodeType::character}, std::pair{"/dev/block/", NodeType::block}}) {
    const auto colon = path.find(':');
    if (!path.starts_with(prefix) || colon == std::string::npos) {
      continue;
    }
    const auto begin = std::string_view(prefix).size();
    const auto major =
        semantics::number<std::uint32_t>(std::string_view(path).substr(begin, colon - begin));
    const auto minor = semantics::number<std::uint32_t>(std::string_view(path).substr(colon + 1));
    if (major && minor) {
      Node out;
      out.type = type;
      out.major = *major;
      out.minor = *minor;
      return out;
    }
  }
  return std::nullopt;
}

bool is_same(const Node& a, const Node& b) {
  return a.type == b.type && a.major == b.major && a.minor == b.minor;
}

enum class Covers { yes, no, no_class, too_late };

Covers covers_class(const std::string& entry, const Node& device, const DevicePolicy& policy,
                    FactReader& look) {
  const bool block = entry.starts_with("block-");
  const std::string name = entry.substr(entry.find('-') + 1);
  const bool is_of_type = block == (device.type == NodeType::block);
  if (name == "*") {
    return is_of_type ? Covers::yes : Covers::no;
  }
  if (const auto major = semantics::number<std::uint32_t>(name)) {
    return is_of_type && *major == device.major ? Covers::yes : Covers::no;
  }
  const auto all = classes(name, block, look);
  if (all.empty()) {
    return Covers::no_class;
  }
  const auto its = std::ranges::find(all, device.major, &DeviceClass::major);
  if (!is_of_type || its == all.end()) {
    return Covers::no;
  }
  const bool is_late = policy.resolved && its->absent && *its->absent > *policy.resolved;
  return is_late ? Covers::too_late : Covers::yes;
}

// `systemctl set-property` has systemd resolve the list again, and leaves a drop-in.
bool was_set_since(const std::string& unit, const Node& node, FactReader& look) {
  return std::ranges::any_of(look.list(unit, "DropInPaths"), [&](const std::string& path) {
    const bool is_set = path.find("/system.control/") != std::string::npos;
    const FileStatus* file = is_set ? look.at(FileKey{path}) : nullptr;
    return file != nullptr && node.born && file->modified > *node.born;
  });
}

Covers covers_path(const std::string& path, const Node& device, const DevicePolicy& policy,
                   FactReader& look) {
  const Node named = node_on_host(path, look);
  if (!is_same(named, device)) {
    return Covers::no;
  }
  const bool has_age = policy.resolved && (named.born || named.absent);
  if (!has_age || !NodeAges(look, policy.unit).was_missing_at(named, *policy.resolved)) {
    return Covers::yes;
  }
  return was_set_since(policy.unit, named, look) ? Covers::yes : Covers::too_late;
}

Covers covers(const std::string& entry, const Node& device, const DevicePolicy& policy,
              FactReader& look) {
  if (entry.starts_with("char-") || entry.starts_with("block-")) {
    return covers_class(entry, device, policy, look);
  }
  if (!entry.starts_with("/dev/")) {
    return Covers::no;  // systemd ignores such entries
  }
  if (const auto numbered = by_number(entry)) {
    return is_same(*numbered, device) ? Covers::yes : Covers::no;
  }
  return covers_path(entry, device, policy, look);
}

bool is_always_allowed(const Node& device, const std::string& letters, FactReader& look) {
  if (device.type != NodeType::character) {
    return false;
  }
  const auto is_it = [&device](const Number& each) {
    return each.major == device.major && each.minor == device.minor;
  };
  if (std::ranges::any_of(always, is_it)) {
    return true;
  }
  const auto of_terminals = classes(std::string(terminals), false, look);
  return has_letters("rw", letters) &&
         std::ranges::find(of_terminals, device.major, &DeviceClass::major) != of_terminals.end();
}

std::string parent_slice(const std::string& slice) {
  const auto dash = slice.rfind('-');
  return dash == std::string::npos || dash == 0 ? "-.slice" : slice.substr(0, dash) + ".slice";
}

bool restricts(const DevicePolicy& policy) {
  return policy.policy == "closed" || policy.policy == "strict" || !policy.allow.empty();
}

// A later daemon-reload resolves the lists of all units again.
std::optional<TimePoint> resolved_at(FactReader& look, TimePoint started) {
  const Host* host = look.at(HostKey{});
  return host != nullptr && host->loaded ? std::max(started, *host->loaded) : started;
}

// A slice keeps its list while units in it start and stop.
std::optional<TimePoint> began(FactReader& look, const std::string& slice) {
  const Value* value = look.at(PropertyKey{slice, "InactiveExitTimestampMonotonic"});
  const auto* usec = value != nullptr ? value->get<std::uint64_t>() : nullptr;
  return usec != nullptr && is_set(*usec) ? std::optional(monotonic(*usec)) : std::nullopt;
}

DevicePolicy policy_of(FactReader& look, const std::string& unit) {
  DevicePolicy out{.unit = unit, .policy = look.text(unit, "DevicePolicy")};
  const Value* allow = look.at(PropertyKey{unit, "DeviceAllow"});
  const auto* list = allow != nullptr ? allow->get<Values>() : nullptr;
  for (const Value& each : list != nullptr ? *list : Values{}) {
    const auto* pair = each.get<Values>();
    const auto words = pair != nullptr ? texts(*pair) : std::vector<std::string>();
    if (words.size() == 2) {
      out.allow.push_back({.device = words[0], .letters = words[1]});
    }
  }
  return out;
}
}  // namespace

PolicyVerdict judge(const DevicePolicy& policy, const Node& device, const std::string& letters,
                    FactReader& look) {
  if (!restricts(policy) ||
      (policy.policy != "strict" && is_always_allowed(device, letters, look))) {
    return {};
  }
  PolicyVerdict out{.decision = PolicyDecision::denied};
  for (const DeviceAllow& each : policy.allow) {
    const Covers result = covers(each.device, device, policy, look);
    const bool has_all = has_letters(each.letters, letters);
    if (result == Covers::yes && has_all) {
      return {};
    }
    if (result == Covers::too_late && has_all) {
      out = {.decision = PolicyDecision::too_late, .entry = each.device};
    } else if (out.decision == PolicyDecision::too_late) {
      continue;
    } else if (result == Covers::yes || result == Covers::too_late) {
      out = {.decision = PolicyDecision::too_few, .entry = each.device};
    } else if (result == Covers::no_class && out.decision == PolicyDecision::denied) {
      out = {.decision = PolicyDecision::no_class, .entry = each.device};
    }
  }
  return out;
}

std::vector<DevicePolicy> device_policies(FactReader& look, const std::string& unit,
                                          std::optional<TimePoint> started) {
  std::vector<DevicePolicy> out{policy_of(look, unit)};
  if (started && restricts(out.front())) {
    out.front().resolved = resolved_at(look, *started);
  }
  std::string slice = look.text(unit, "Slice");
  while (!slice.empty()) {
    DevicePolicy policy = policy_of(look, slice);
    if (const auto since = restricts(policy) ? began(look, slice) : std::nullopt) {
      policy.resolved = resolved_at(look, *since);
    }
    out.push_back(std::move(policy));
    slice = slice == "-.slice" ? "" : parent_slice(slice);
  }
  return out;
}
}  // namespace checklist::checks
