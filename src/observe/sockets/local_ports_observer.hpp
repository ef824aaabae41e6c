// SPDX-License-Identifier: MIT
// Observes the ephemeral port range, net.ipv4.ip_local_port_range (ip(7)), which also applies to
// IPv6. The kernel reports no changes, so it is reread on the resync.
#pragma once
#include <string>

#include "observe/single_observer.hpp"

namespace checklist::observe {
class LocalPortsObserver : public SingleObserver<LocalPortsKey> {
 public:
  // `root` is prepended to /proc; empty outside tests.
  explicit LocalPortsObserver(Put<LocalPortsKey> put, std::string root = "");

 private:
  Observed<PortRange> look() override;

  std::string root_;
};
}  // namespace checklist::observe
