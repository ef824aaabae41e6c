// SPDX-License-Identifier: MIT
// How much memory and how many tasks this machine has, as systemd takes its percentages.
#pragma once
#include <string>

#include "observe/observer.hpp"

namespace checklist::observe {
class MachineObserver : public Observer<MachineKey> {
 public:
  // `root` is where /proc and the cgroup hierarchy are looked for.
  MachineObserver(Put<MachineKey> put, std::string cgroup_root, std::string proc = "/proc");

  void follow(const std::set<MachineKey>& keys) override;
  void look_again() override;

 private:
  Put<MachineKey> put_;
  std::string cgroup_root_;
  std::string proc_;
  bool followed_ = false;
};
}  // namespace checklist::observe
