// SPDX-License-Identifier: MIT
#include "observe/sockets/local_ports_observer.hpp"

#include "observe/small_file.hpp"
#include "parse/local_ports.hpp"

namespace checklist::observe {
LocalPortsObserver::LocalPortsObserver(Put<LocalPortsKey> put, std::string root)
    : put_(std::move(put)), root_(std::move(root)) {}

void LocalPortsObserver::follow(const std::set<LocalPortsKey>& keys) {
  followed_ = !keys.empty();
  look_again();
}

void LocalPortsObserver::look_again() {
  if (!followed_) {
    return;
  }
  const std::string path = "/proc/sys/net/ipv4/ip_local_port_range";
  const auto text = small_file(root_ == "/" ? path : root_ + path);
  if (const auto range = text ? parse::local_ports(*text) : std::nullopt) {
    put_({}, *range);
  } else {
    put_({}, Unseen{"unsupported", path + " cannot be read", "set ProcSubset=all for checklistd"});
  }
}
}  // namespace checklist::observe
