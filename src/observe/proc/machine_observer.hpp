// SPDX-License-Identifier: MIT
// Observes the amounts of which systemd takes percentages: physical memory and the maximum number
// of tasks (system_tasks_max() in systemd's src/basic/limits-util.c); and the processors and NUMA
// nodes.
#pragma once
#include <string>

#include "observe/single_observer.hpp"

namespace checklist::observe {
class MachineObserver : public SingleObserver<MachineKey> {
 public:
  // `cgroup_root` is the mount point of cgroup v2.
  MachineObserver(Put<MachineKey> put, std::string cgroup_root, std::string proc = "/proc",
                  std::string sys = "/sys");

 private:
  Observed<Machine> look() override;

  std::string cgroup_root_;
  std::string proc_;
  std::string sys_;
};
}  // namespace checklist::observe
