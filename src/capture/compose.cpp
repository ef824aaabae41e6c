// SPDX-License-Identifier: MIT
#include "capture/compose.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "config/switches.hpp"

namespace checklist::capture {
namespace {
// Reasons of boot_start for which nothing is to be mended: the unit is just not one that boots
// start.
constexpr std::array<std::string_view, 2> not_of_the_boot{"not_started", "unreachable"};

bool is_not_of_the_boot(const CapturedCheck& boot_start) {
  return boot_start.status == Status::fail &&
         std::ranges::all_of(boot_start.reasons, [](const std::string& reason) {
           return std::ranges::find(not_of_the_boot, reason) != not_of_the_boot.end();
         });
}

// Returns what is passed for the check in the spec; null if it is not mentioned.
Value switch_of(std::string_view name, const CapturedCheck& seen) {
  if (name == "boot_start" && is_not_of_the_boot(seen)) {
    return Value{false};
  }
  return seen.arguments.empty() ? Value{} : Value{seen.arguments};
}

Dict seen_checks(const CapturedUnit& unit) {
  Dict out;
  for (const auto& [name, seen] : unit.checks) {
    Value value = switch_of(name, seen);
    if (!std::holds_alternative<std::monostate>(value.as)) {
      out.emplace(name, std::move(value));
    }
  }
  return out;
}

// Returns whether the kind's parameters of a check mean something without any that were seen.
bool stands_alone(std::string_view check, const Dict& known) {
  const auto def = std::ranges::find(all_checks(), check, &Named<CheckDef>::name);
  ConfigErrors errors;
  if (def == all_checks().end()) {
    return false;
  }
  def->def->bind(known, "", errors);
  return errors.empty();
}

// Adds what the kind knows. Parameters that were seen win.
void complete(Dict& checks, const CapturedUnit& unit, const config::Kind& kind) {
  const auto given = kind.spec.find("checks");
  const auto* known = given != kind.spec.end() ? given->second.get<Dict>() : nullptr;
  for (const auto& [name, value] : known != nullptr ? *known : Dict{}) {
    const auto* arguments = value.get<Dict>();
    const auto seen = checks.find(name);
    if (!unit.checks.contains(name)) {
      continue;  // does not apply to units of this type
    }
    if (seen == checks.end()) {
      if (arguments == nullptr || stands_alone(name, *arguments)) {
        checks.emplace(name, value);
      }
    } else if (const auto* own = seen->second.get<Dict>(); own != nullptr && arguments != nullptr) {
      seen->second = Value{config::merged(*arguments, *own)};
    }
  }
}
}  // namespace

Dict compose(const CapturedUnit& unit, const config::Kind* kind, const std::optional<Dict>& probe) {
  Dict spec;
  if (kind != nullptr) {
    spec = kind->spec;
    spec.erase("checks");
  }
  spec["unit"] = Value{unit.id};
  if (unit.is_off) {
    spec.erase("settle");
    spec["enabled"] = Value{false};
    return spec;
  }
  Dict checks = seen_checks(unit);
  if (kind != nullptr) {
    complete(checks, unit, *kind);
  }
  if (probe) {
    checks["health_probe"] = Value{*probe};
  }
  if (!checks.empty()) {
    spec["checks"] = Value{std::move(checks)};
  }
  return spec;
}

Dict without_knowledge(Dict spec, const CapturedUnit& unit, const std::string& check) {
  const auto at = spec.find("checks");
  const auto* given = at != spec.end() ? at->second.get<Dict>() : nullptr;
  if (given == nullptr) {
    return spec;
  }
  Dict checks = *given;
  checks.erase(check);
  const auto seen = unit.checks.find(check);
  if (seen != unit.checks.end() && !seen->second.arguments.empty()) {
    checks[check] = Value{seen->second.arguments};
  }
  at->second = Value{std::move(checks)};
  return spec;
}

std::string file_name(const std::string& unit) {
  static constexpr std::string_view service = ".service";
  std::string stem = unit.ends_with(service) ? unit.substr(0, unit.size() - service.size()) : unit;
  std::ranges::replace(stem, '.', '-');
  return stem + ".json";
}
}  // namespace checklist::capture
