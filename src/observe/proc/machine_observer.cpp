// SPDX-License-Identifier: MIT
#include "observe/proc/machine_observer.hpp"

#include <algorithm>

#include <unistd.h>

#include "observe/small_file.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::observe {
namespace {
constexpr std::uint32_t most = 8192;  // processors

std::optional<std::uint64_t> number_in(const std::string& path) {
  const std::string text = small_file(path).value_or("");
  const auto words = semantics::words(text);
  return words.empty() ? std::nullopt : semantics::number<std::uint64_t>(words.front());
}

// Returns the numbers of a list as "0-3,8"; none if it cannot be read.
std::vector<std::uint32_t> numbers_in(const std::string& path) {
  std::vector<std::uint32_t> out;
  const std::string text = small_file(path).value_or("");
  for (const auto range : semantics::pieces(text, ",\n")) {
    const auto ends = semantics::pieces(range, "-");
    const auto first = ends.empty() ? std::nullopt : semantics::number<std::uint32_t>(ends.front());
    const auto last = ends.empty() ? std::nullopt : semantics::number<std::uint32_t>(ends.back());
    for (auto each = first.value_or(0); first && last && each <= *last && each < most; ++each) {
      out.push_back(each);
    }
  }
  return out;
}

// As systemd's physical_memory(): the smaller of the RAM size and the root cgroup's memory.max.
std::uint64_t memory(const std::string& cgroup_root) {
  const auto pages = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PHYS_PAGES), 0L));
  const auto page = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PAGESIZE), 1L));
  const auto allowed = number_in(cgroup_root + "/memory.max");
  return std::min(pages, allowed.value_or(UINT64_MAX) / page) * page;
}
}  // namespace

MachineObserver::MachineObserver(Put<MachineKey> put, std::string cgroup_root, std::string proc,
                                 std::string sys)
    : SingleObserver(std::move(put)),
      cgroup_root_(std::move(cgroup_root)),
      proc_(std::move(proc)),
      sys_(std::move(sys)) {}

Observed<Machine> MachineObserver::look() {
  const auto pids = number_in(proc_ + "/sys/kernel/pid_max");
  const auto threads = number_in(proc_ + "/sys/kernel/threads-max");
  if (!pids || !threads) {
    return Unseen{"own_sandbox", "cannot read " + proc_ + "/sys/kernel",
                  "set ProcSubset=all in checklistd.service"};
  }
  const auto allowed = number_in(cgroup_root_ + "/pids.max");
  return Machine{.memory = memory(cgroup_root_),
                 .tasks = std::min({*pids, *threads, allowed.value_or(UINT64_MAX)}),
                 .cpus = numbers_in(sys_ + "/devices/system/cpu/online"),
                 .nodes = numbers_in(sys_ + "/devices/system/node/has_memory")};
}
}  // namespace checklist::observe
