// SPDX-License-Identifier: MIT
#include "capture/kinds.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include <fnmatch.h>

#include "semantics/net/address.hpp"

namespace checklist::capture {
namespace {
bool is_one_of(const std::vector<std::string>& patterns, const std::string& name) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) {
    return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
  });
}

bool has_name_of(const CapturedUnit& unit, const config::Kind& kind) {
  return is_one_of(kind.units, unit.unit) || std::ranges::any_of(unit.names, [&](const auto& name) {
           return is_one_of(kind.units, name);
         });
}

bool has_program_of(const CapturedUnit& unit, const config::Kind& kind) {
  return std::ranges::any_of(unit.programs, [&](const std::string& path) {
    return is_one_of(kind.programs, std::filesystem::path(path).filename());
  });
}

// Returns where to connect to reach the listener, as in a URL; empty if it is no TCP address.
std::string target_of(const semantics::Address& address) {
  if (address.protocol != Protocol::tcp) {
    return "";
  }
  semantics::Address target = address;
  if (semantics::is_wildcard(address)) {
    target.host = address.host == "::" ? "::1" : "127.0.0.1";
  }
  return semantics::print_address(target).substr(std::string_view("tcp:").size());
}

// Returns the addresses in the parameters of port_bindings, loopback first.
std::vector<std::string> targets(const CapturedUnit& unit) {
  const auto ports = unit.checks.find("port_bindings");
  if (ports == unit.checks.end()) {
    return {};
  }
  const auto listen = ports->second.arguments.find("listen");
  const auto* list =
      listen != ports->second.arguments.end() ? listen->second.get<Values>() : nullptr;
  std::vector<std::string> out;
  std::vector<std::string> others;
  for (const std::string& text : list != nullptr ? texts(*list) : std::vector<std::string>{}) {
    const auto address = semantics::parse_address(text);
    const std::string target = address ? target_of(*address) : std::string();
    if (!target.empty()) {
      (semantics::is_loopback(*address) ? out : others).push_back(target);
    }
  }
  out.insert(out.end(), others.begin(), others.end());
  return out;
}
}  // namespace

const config::Kind* kind_named(const std::string& unit, const config::Catalogue& catalogue) {
  const auto found = std::ranges::find_if(
      catalogue.kinds, [&](const config::Kind& kind) { return is_one_of(kind.units, unit); });
  return found != catalogue.kinds.end() ? &*found : nullptr;
}

const config::Kind* kind_of(const CapturedUnit& unit, const config::Catalogue& catalogue) {
  for (const auto matches : {has_name_of, has_program_of}) {
    const auto found = std::ranges::find_if(
        catalogue.kinds, [&](const config::Kind& kind) { return matches(unit, kind); });
    if (found != catalogue.kinds.end()) {
      return &*found;
    }
  }
  return nullptr;
}

std::vector<std::string> units_meant(const std::string& unit, const config::Catalogue& catalogue) {
  const std::string stem = unit.substr(0, unit.rfind('.'));
  std::vector<std::string> out;
  for (const config::Kind& kind : catalogue.kinds) {
    if (kind.plumbing ||
        !(kind.name == stem || is_one_of(kind.programs, stem) || is_one_of(kind.units, unit))) {
      continue;
    }
    std::ranges::copy_if(kind.units, std::back_inserter(out), [&](const std::string& name) {
      return name != unit && name.find_first_of("*?[") == std::string::npos;
    });
  }
  return out;
}

bool knows(const config::Kind& kind, const std::string& check) {
  const auto given = kind.spec.find("checks");
  const auto* checks = given != kind.spec.end() ? given->second.get<Dict>() : nullptr;
  return checks != nullptr && checks->contains(check);
}

std::vector<Dict> probes_of(const CapturedUnit& unit, const config::Kind& kind) {
  std::vector<Dict> out;
  for (const Dict& probe : kind.probes) {
    if (config::with_listen(probe, "") == probe) {
      out.push_back(probe);
      continue;
    }
    for (const std::string& target : targets(unit)) {
      out.push_back(config::with_listen(probe, target));
    }
  }
  return out;
}
}  // namespace checklist::capture
