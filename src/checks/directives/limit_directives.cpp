// SPDX-License-Identifier: MIT
#include "checks/directives/limit_directives.hpp"

#include <array>

#include "checks/directives/limit_types.hpp"
#include "checks/directives/rlimit_types.hpp"

namespace checklist::checks {
namespace {
constexpr std::array<std::string_view, 1> idle{"idle"};
constexpr std::array<std::string_view, 3> oom_policies{"continue", "stop", "kill"};
// By their numbers in sched(7) and ioprio_set(2).
constexpr std::array<std::string_view, 6> cpu_policies{"other", "fifo", "rr", "batch", "", "idle"};
constexpr std::array<std::string_view, 4> io_classes{"none", "realtime", "best-effort", "idle"};

constexpr std::array<Directive, 33> table{
    {{"MemoryMin", &types::memory, "memory that is never taken from it"},
     {"MemoryLow", &types::memory, "memory that is taken from it last"},
     {"MemoryHigh", &types::memory, "memory above which it is slowed down"},
     {"MemoryMax", &types::memory, "memory above which it is killed"},
     {"MemorySwapMax", &types::memory, "swap that it may use"},
     {"MemoryZSwapMax", &types::memory, "compressed swap that it may use"},
     {"TasksMax", &types::tasks, "how many tasks it may have"},
     {"CPUQuota", &types::quota, "how much CPU time it may use", {}, "CPUQuotaPerSecUSec"},
     {"CPUWeight", &types::weight, "its share of CPU time beside others", idle},
     {"IOWeight", &types::weight, "its share of I/O beside others"},
     {"LimitCPU", &types::limit_of_seconds, "CPU time of a process"},
     {"LimitFSIZE", &types::limit_of_bytes, "size of a file that it writes"},
     {"LimitDATA", &types::limit_of_bytes, "size of a process's data"},
     {"LimitSTACK", &types::limit_of_bytes, "size of a process's stack"},
     {"LimitCORE", &types::limit_of_bytes, "size of a core dump"},
     {"LimitRSS", &types::limit_of_bytes, "resident memory, which the kernel does not limit"},
     {"LimitNOFILE", &types::limit_of_number, "open files of a process"},
     {"LimitAS", &types::limit_of_bytes, "address space of a process"},
     {"LimitNPROC", &types::limit_of_number, "processes of its user"},
     {"LimitMEMLOCK", &types::limit_of_bytes, "memory that a process may lock"},
     {"LimitLOCKS", &types::limit_of_number, "file locks, which the kernel does not limit"},
     {"LimitSIGPENDING", &types::limit_of_number, "queued signals of its user"},
     {"LimitMSGQUEUE", &types::limit_of_bytes, "POSIX message queues of its user"},
     {"LimitNICE", &types::limit_of_niceness, "how far a process may lower its niceness"},
     {"LimitRTPRIO", &types::limit_of_number, "real-time priority that a process may take"},
     {"LimitRTTIME", &types::limit_of_usec, "CPU time of a real-time process without a pause"},
     {"OOMScoreAdjust", &types::score, "how soon it is killed when memory runs out"},
     {"OOMPolicy", &types::word, "what follows when one of its processes was", oom_policies},
     {"Nice", &types::niceness, "its niceness"},
     {"CPUSchedulingPolicy", &types::word, "how its processes are scheduled", cpu_policies},
     {"IOSchedulingClass", &types::word, "how its I/O is scheduled", io_classes},
     {"IOSchedulingPriority", &types::io_priority, "its priority within that class"},
     {"CPUSchedulingPriority", &types::score, "its real-time priority"}}};
}  // namespace

std::span<const Directive> limit_directives() {
  return table;
}

// RLIMIT_NOFILE cannot be infinite: systemd sets fs.nr_open instead, by default at least this.
bool is_in_force(const Directive& directive, const Limit& shown, const Limit& configured) {
  constexpr std::uint64_t usual_nr_open = 1U << 20U;
  const auto hard = directive.name == "LimitNOFILE" && configured.hard == unlimited
                        ? std::max(shown.hard, usual_nr_open)
                        : configured.hard;
  return shown.hard == hard && shown.soft >= std::min(configured.soft, hard);
}
}  // namespace checklist::checks
