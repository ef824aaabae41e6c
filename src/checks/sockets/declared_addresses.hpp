// SPDX-License-Identifier: MIT
// The parameters of port_bindings, and the addresses that a spec declares with them.
#pragma once
#include <tuple>
#include <vector>

#include "checklist/params/field.hpp"
#include "checklist/spec.hpp"

#include "checks/sockets/binding.hpp"

namespace checklist::checks {
struct BindingRequest {
  std::vector<semantics::Address> listen;
  Extra extra = Extra::loopback;
};

inline constexpr std::tuple binding_request_fields{
    Field{"listen", &BindingRequest::listen, "the addresses that the unit listens on"},
    Field{"extra", &BindingRequest::extra,
          "where else it may listen: on loopback, nowhere, anywhere"}};

// Returns the addresses that the spec's port_bindings declares; none if it has no such check.
std::vector<semantics::Address> declared_addresses(const Spec& spec);
}  // namespace checklist::checks
