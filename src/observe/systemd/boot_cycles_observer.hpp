// SPDX-License-Identifier: MIT
// Finds ordering cycles among the units that the start of a target pulls in. After each reload, the
// dependencies of all these units are read, a few units at a time, with single properties: GetAll
// of .Unit would cost PID 1 milliseconds per unit.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "observe/observer.hpp"
#include "observe/systemd/systemd.hpp"
#include "semantics/unit/boot_order.hpp"

namespace checklist::observe {
class BootCyclesObserver : public Observer<BootCyclesKey>, public ManagerFollower {
 public:
  BootCyclesObserver(Systemd& systemd, Put<BootCyclesKey> put);

  void follow(const std::set<BootCyclesKey>& keys) override;

  void look_again() override {}  // dependencies change with a reload only

  void resync() override;
  void gone(const Unseen& why) override;

 private:
  struct Walk {
    std::uint64_t number = 0;  // replies to an earlier walk do not count
    semantics::BootOrder order{};
    std::vector<std::string> open{};  // in `order`, but not asked about yet
    std::size_t in_flight = 0;        // units
    std::string error{};
  };

  void begin(const std::string& target);
  void ask_on(const std::string& target);
  void ask(const std::string& target, const std::string& unit);
  void take(const std::string& target, const std::string& unit, const std::string& property,
            const bus::Reply& reply);

  Systemd& systemd_;
  Put<BootCyclesKey> put_;
  std::uint64_t walks_ = 0;
  std::map<std::string, Walk> followed_;  // by target
};
}  // namespace checklist::observe
