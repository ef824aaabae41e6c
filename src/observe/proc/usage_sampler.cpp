// SPDX-License-Identifier: MIT
#include "observe/proc/usage_sampler.hpp"

#include "observe/small_file.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::observe {
namespace {
// Returns the number after `key`, or the first number of the file if `key` is empty.
std::optional<std::uint64_t> number_in(const std::string& path, std::string_view key = {}) {
  const std::string text = small_file(path).value_or("");
  for (const auto line : semantics::lines(text)) {
    const auto words = semantics::words(line);
    if (key.empty()) {
      return semantics::number<std::uint64_t>(words[0]);
    }
    if (words.size() == 2 && words[0] == key) {
      return semantics::number<std::uint64_t>(words[1]);
    }
  }
  return std::nullopt;
}
}  // namespace

UsageSampler::UsageSampler(event::Loop& loop, std::string root)
    : root_(std::move(root)),
      poll_(loop, values_interval, [this](const std::string& unit) { sample(unit); }) {}

void UsageSampler::place(const std::string& unit, const std::string& cgroup) {
  if (cgroup.empty()) {
    cgroups_.erase(unit);
    usages_.erase(unit);
    poll_.drop(unit);
  } else {
    cgroups_[unit] = cgroup;
    poll_.add(unit);
    poll_.look_at(unit);
  }
}

void UsageSampler::sample(const std::string& unit) {
  const std::string directory = root_ + cgroups_.at(unit) + "/";
  const auto cpu = number_in(directory + "cpu.stat", "usage_usec");
  Usage usage{.memory_bytes = number_in(directory + "memory.current"),
              .tasks = number_in(directory + "pids.current"),
              .cpu = cpu ? std::optional(Duration{static_cast<std::int64_t>(*cpu)}) : std::nullopt};
  if (usage == Usage{}) {
    usages_.erase(unit);
  } else {
    usages_[unit] = usage;
  }
}
}  // namespace checklist::observe
