// SPDX-License-Identifier: MIT
#include "checks/devices/device_policy.hpp"

#include <algorithm>
#include <array>

#include <fnmatch.h>

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

// Returns the majors in /proc/devices of a class given by name or glob.
std::vector<std::uint32_t> majors(const std::string& name, bool block, FactReader& look) {
  std::vector<std::uint32_t> out;
  const auto* classes = look.at(DeviceClassesKey{});
  for (const DeviceClass& each : classes != nullptr ? *classes : std::vector<DeviceClass>()) {
    if (each.block == block && each.major > 0 &&
        ::fnmatch(name.c_str(), each.name.c_str(), 0) == 0) {
      out.push_back(each.major);
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

enum class Covers { yes, no, no_class };

Covers covers_class(const std::string& entry, const Node& device, FactReader& look) {
  const bool block = entry.starts_with("block-");
  const std::string name = entry.substr(entry.find('-') + 1);
  const bool is_of_type = block == (device.type == NodeType::block);
  if (name == "*") {
    return is_of_type ? Covers::yes : Covers::no;
  }
  if (const auto major = semantics::number<std::uint32_t>(name)) {
    return is_of_type && *major == device.major ? Covers::yes : Covers::no;
  }
  const auto all = majors(name, block, look);
  if (all.empty()) {
    return Covers::no_class;
  }
  const bool is_there = std::ranges::find(all, device.major) != all.end();
  return is_of_type && is_there ? Covers::yes : Covers::no;
}

Covers covers(const std::string& entry, const Node& device, FactReader& look) {
  if (entry.starts_with("char-") || entry.starts_with("block-")) {
    return covers_class(entry, device, look);
  }
  if (!entry.starts_with("/dev/")) {
    return Covers::no;  // systemd ignores such entries
  }
  const auto numbered = by_number(entry);
  const Node named = numbered ? *numbered : node_on_host(entry, look);
  return is_same(named, device) ? Covers::yes : Covers::no;
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
  const auto of_terminals = majors(std::string(terminals), false, look);
  return has_letters("rw", letters) &&
         std::ranges::find(of_terminals, device.major) != of_terminals.end();
}

std::string parent_slice(const std::string& slice) {
  const auto dash = slice.rfind('-');
  return dash == std::string::npos || dash == 0 ? "-.slice" : slice.substr(0, dash) + ".slice";
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
  if (policy.policy != "closed" && policy.policy != "strict" && policy.allow.empty()) {
    return {};
  }
  if (policy.policy != "strict" && is_always_allowed(device, letters, look)) {
    return {};
  }
  PolicyVerdict out{.decision = PolicyDecision::denied};
  for (const DeviceAllow& each : policy.allow) {
    const Covers result = covers(each.device, device, look);
    if (result == Covers::yes && has_letters(each.letters, letters)) {
      return {};
    }
    if (result == Covers::yes) {
      out = {.decision = PolicyDecision::too_few, .entry = each.device};
    } else if (result == Covers::no_class && out.decision == PolicyDecision::denied) {
      out = {.decision = PolicyDecision::no_class, .entry = each.device};
    }
  }
  return out;
}

std::vector<DevicePolicy> device_policies(FactReader& look, const std::string& unit) {
  std::vector<DevicePolicy> out{policy_of(look, unit)};
  std::string slice = look.text(unit, "Slice");
  while (!slice.empty()) {
    out.push_back(policy_of(look, slice));
    slice = slice == "-.slice" ? "" : parent_slice(slice);
  }
  return out;
}
}  // namespace checklist::checks
