// SPDX-License-Identifier: MIT
#include "observe/sockets/local_ports_observer.hpp"

#include "observe/small_file.hpp"
#include "parse/local_ports.hpp"

namespace checklist::observe {
LocalPortsObserver::LocalPortsObserver(Put<LocalPortsKey> put, std::string root)
    : SingleObserver(std::move(put)), root_(std::move(root)) {}

Observed<PortRange> LocalPortsObserver::look() {
  const std::string path = "/proc/sys/net/ipv4/ip_local_port_range";
  const auto text = small_file(root_ + path);
  if (const auto range = text ? parse::local_ports(*text) : std::nullopt) {
    return *range;
  }
  return Unseen{"own_sandbox", "cannot read " + path, "set ProcSubset=all in checklistd.service"};
}
}  // namespace checklist::observe
