// SPDX-License-Identifier: MIT
#include "checks/sockets/host_binding.hpp"

#include "semantics/net/host_addresses.hpp"

namespace checklist::checks {
namespace {
// Where the families of the host could not be seen, a socket of one family is neither enough nor
// too little.
Binding wildcard_binding(const semantics::Address& declared, const BindingRequest& want,
                         std::span<const OwnedListener> listeners, View& see) {
  const auto by = [&](Star star) { return inet_binding(declared, want.listen, listeners, star); };
  if (want.families == Families::any) {
    return by(Star::any);
  }
  const auto& host = see[HostAddressesKey{}];
  if (host) {
    return by(host->has_ipv6 ? Star::both : Star::ipv4);
  }
  const Binding strict = by(Star::both);
  const bool depends =
      strict.state == BindingState::missing && by(Star::any).state == BindingState::exactly;
  return depends ? Binding{.state = BindingState::unseen, .unseen = host.unseen()} : strict;
}
}  // namespace

Binding binding_on_host(const semantics::Address& declared, const BindingRequest& want,
                        std::span<const OwnedListener> listeners, View& see) {
  if (semantics::is_wildcard(declared)) {
    return wildcard_binding(declared, want, listeners, see);
  }
  Binding out = inet_binding(declared, want.listen, listeners);
  const bool depends = (out.state == BindingState::exactly && !semantics::is_loopback(declared)) ||
                       out.state == BindingState::missing;
  if (!depends) {
    return out;
  }
  const auto& host = see[HostAddressesKey{}];
  if (!host && out.state == BindingState::exactly) {
    return {.state = BindingState::unseen, .unseen = host.unseen()};
  }
  if (host && !semantics::has_address(*host, declared.host)) {
    out.host_lacks = true;
    out.state = out.state == BindingState::exactly ? BindingState::no_address : out.state;
  }
  return out;
}
}  // namespace checklist::checks
