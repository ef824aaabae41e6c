// SPDX-License-Identifier: MIT
// Reads what processes hold: replaced programs, open device nodes and listening sockets. Needs the
// right to read /proc/PID/{maps,fd} of each (ptrace(2), "Ptrace access mode checking"): that of the
// same user, or CAP_SYS_PTRACE.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "checklist/facts/processes.hpp"
#include "checklist/observed.hpp"

namespace checklist::observe {
class HeldFilesReader {
 public:
  explicit HeldFilesReader(std::string proc = "/proc") : proc_(std::move(proc)) {}

  // Returns what the processes of the cgroup and of those below it hold. Unseen "permission" if one
  // of them may not be looked at, "unsupported" if they hold too much.
  Observed<HeldFiles> read(const std::string& cgroup_directory);

 private:
  struct Found;
  [[nodiscard]] int look_at_programs(const std::string& process, Found& found) const;
  [[nodiscard]] int look_at_descriptors(const std::string& process, Found& found);
  const std::set<std::uint64_t>& listening_sockets(const std::string& process);

  std::string proc_;
  // By network namespace, which has the same sockets for all its processes. 0: not known.
  std::map<std::uint64_t, std::set<std::uint64_t>> sockets_;
};
}  // namespace checklist::observe
