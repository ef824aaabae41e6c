// SPDX-License-Identifier: MIT
#include "checks/sockets/declared_addresses.hpp"

#include "checklist/params/read.hpp"

namespace checklist::checks {
std::vector<semantics::Address> declared_addresses(const Spec& spec) {
  const auto arguments = spec.checks.find("port_bindings");
  if (arguments == spec.checks.end()) {
    return {};
  }
  ConfigErrors reported_at_load;
  return read<BindingRequest>(arguments->second, binding_request_fields, "", reported_at_load)
      .listen;
}
}  // namespace checklist::checks
