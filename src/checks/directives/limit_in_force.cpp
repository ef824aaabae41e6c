// SPDX-License-Identifier: MIT
#include "checks/directives/limit_in_force.hpp"

#include <array>

#include "checks/directives/limit_directives.hpp"
#include "checks/directives/limit_types.hpp"
#include "checks/directives/rlimit_types.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
using Seen = std::optional<Observed<RuntimeValue>>;

struct CgroupFile {
  std::string_view directive;
  const char* name;
};

constexpr std::array<CgroupFile, 10> cgroup_files{{{"MemoryMin", "memory.min"},
                                                   {"MemoryLow", "memory.low"},
                                                   {"MemoryHigh", "memory.high"},
                                                   {"MemoryMax", "memory.max"},
                                                   {"MemorySwapMax", "memory.swap.max"},
                                                   {"MemoryZSwapMax", "memory.zswap.max"},
                                                   {"TasksMax", "pids.max"},
                                                   {"CPUQuota", "cpu.max"},
                                                   {"CPUWeight", "cpu.weight"},
                                                   {"IOWeight", "io.weight"}}};

std::optional<std::uint64_t> value_of(std::string_view word) {
  return word == "max" ? unlimited : semantics::number<std::uint64_t>(word);
}

// "50000 100000" is the quota and the period in µs. systemd sets a millisecond at least.
RuntimeValue quota_in_force(const std::vector<std::string_view>& shown, std::uint64_t wanted) {
  const auto quota = value_of(shown[0]);
  const auto period = shown.size() > 1 ? semantics::number<std::uint64_t>(shown[1]) : std::nullopt;
  if (!quota || !period || *period == 0) {
    return {.holds = false, .shown = "cpu.max sets no quota"};
  }
  constexpr std::uint64_t second = 1'000'000;
  constexpr std::uint64_t least = 1000;
  const std::uint64_t expected =
      wanted == unlimited ? unlimited : std::max(wanted * *period / second, least);
  const auto usec = *quota == unlimited ? unlimited : *quota * second / *period;
  return {.holds = *quota == expected, .shown = "cpu.max allows " + types::quota.print({}, usec)};
}

RuntimeValue cgroup_value(const CgroupFile& file, const Directive& directive,
                          const std::string& text, std::uint64_t wanted) {
  const auto shown = semantics::words(text);
  if (shown.empty()) {
    return {.holds = false, .shown = std::string(file.name) + " is empty"};
  }
  if (directive.type == &types::quota) {
    return quota_in_force(shown, wanted);
  }
  const auto value = value_of(shown[0] == "default" && shown.size() > 1 ? shown[1] : shown[0]);
  return {.holds = value && directive.type->satisfies(directive, *value, wanted),
          .shown = std::string(file.name) + " is " +
                   (value ? directive.type->print(directive, *value) : text)};
}

// Returns whether the value is the kernel's default, so that there is nothing to enforce.
bool is_default(const Directive& directive, std::uint64_t wanted) {
  const bool is_protection = directive.name == "MemoryMin" || directive.name == "MemoryLow";
  const std::uint64_t by_itself = directive.type == &types::weight ? 100U
                                  : is_protection                  ? 0U
                                                                   : unlimited;
  return wanted == by_itself;
}

Seen in_cgroup(View& see, const CgroupFile& file, const Directive& directive, std::uint64_t wanted,
               const std::string& cgroup) {
  const auto& settings = see[CgroupKey{cgroup}];
  if (!settings) {
    return settings.pending() ? Observed<RuntimeValue>() : settings.unseen();
  }
  // "idle" is in a file of its own.
  const auto idle = settings->find("cpu.idle");
  if (directive.name == "CPUWeight" && idle != settings->end() &&
      (idle->second == "1" || wanted == 0)) {
    return RuntimeValue{.holds = (idle->second == "1") == (wanted == 0),
                        .shown = "cpu.idle is " + idle->second};
  }
  const auto found = settings->find(file.name);
  if (found != settings->end()) {
    return cgroup_value(file, directive, found->second, wanted);
  }
  if (is_default(directive, wanted)) {
    return RuntimeValue{};
  }
  return Unseen{"unsupported", cgroup + " has no " + file.name + ": the controller is not enabled",
                "boot with the unified cgroup hierarchy, systemd.unified_cgroup_hierarchy=1"};
}

RuntimeValue of_process(const Process& process, const Directive& directive, const Setting& wanted) {
  if (directive.name == "OOMScoreAdjust" || directive.name == "Nice") {
    const Setting shown =
        std::int64_t{directive.name == "Nice" ? process.nice : process.oom_score_adjust};
    return {.holds = shown == wanted,
            .shown = "the process has " + directive.type->print(directive, shown)};
  }
  const auto limit = process.limits.find(std::string(directive.name));
  const auto* both = std::get_if<Limit>(&wanted);
  if (limit == process.limits.end() || both == nullptr) {
    return {};
  }
  return {.holds = is_in_force(directive, limit->second, *both),
          .shown = "the process has " + directive.type->print(directive, limit->second)};
}
}  // namespace

Seen limit_in_force(View& see, const Directive& directive, const Setting& wanted,
                    const Running& runs) {
  const auto* const file = std::ranges::find(cgroup_files, directive.name, &CgroupFile::directive);
  if (file != cgroup_files.end()) {
    const auto* value = std::get_if<std::uint64_t>(&wanted);
    return runs.cgroup.empty() || value == nullptr
               ? Seen()
               : in_cgroup(see, *file, directive, *value, runs.cgroup);
  }
  const bool is_shown = types::is_rlimit(*directive.type) || directive.name == "OOMScoreAdjust" ||
                        directive.name == "Nice";
  const auto process = is_shown ? of_unit_process<ProcessKey>(see, runs) : std::nullopt;
  if (!process || !*process) {
    return process ? unread(*process) : Seen();
  }
  return of_process(**process, directive, wanted);
}
}  // namespace checklist::checks
