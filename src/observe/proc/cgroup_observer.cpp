// SPDX-License-Identifier: MIT
#include "observe/proc/cgroup_observer.hpp"

#include <array>

#include <unistd.h>

#include "observe/proc/process_observer.hpp"
#include "observe/small_file.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::observe {
namespace {
constexpr std::array<const char*, 14> settings{
    "cgroup.controllers", "cpu.max",    "cpu.weight",       "cpu.idle",        "cpuset.cpus",
    "io.weight",          "memory.min", "memory.low",       "memory.high",     "memory.max",
    "memory.swap.max",    "pids.max",   "memory.oom.group", "memory.zswap.max"};

// Returns how many processes of this very cgroup the kernel killed because memory ran out.
std::optional<std::string> oom_kills(const std::string& directory) {
  const auto text = small_file(directory + "memory.events.local");
  for (const auto line : semantics::lines(text ? *text : std::string_view())) {
    const auto words = semantics::words(line);
    if (words.size() == 2 && words[0] == "oom_kill") {
      return std::string(words[1]);
    }
  }
  return std::nullopt;
}
}  // namespace

CgroupObserver::CgroupObserver(event::Loop& loop, Put<CgroupKey> put, std::string root)
    : put_(std::move(put)),
      root_(std::move(root)),
      poll_(loop, values_interval, [this](const CgroupKey& key) { look(key); }) {}

void CgroupObserver::unit_turned(const std::string& unit) {
  const std::string end = "/" + unit;
  for (const CgroupKey& key : poll_.followed()) {
    if (key.path.ends_with(end)) {
      poll_.look_at(key);
    }
  }
}

void CgroupObserver::look(const CgroupKey& key) {
  const std::string directory = root_ + key.path + "/";
  CgroupKey::Fact found;
  for (const char* name : settings) {
    if (auto text = small_file(directory + name)) {
      text->erase(text->find_last_not_of('\n') + 1);
      found[name] = std::move(*text);
    }
  }
  if (auto kills = oom_kills(directory)) {
    found["oom_kill"] = std::move(*kills);
  }
  if (found.empty()) {
    const bool is_gone = ::access(root_.c_str(), R_OK | X_OK) == 0;
    put_(key, Unseen{is_gone ? "gone" : "unsupported", "cannot read " + directory, ""});
  } else {
    put_(key, std::move(found));
  }
}
}  // namespace checklist::observe
