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
  Families families = Families::all;
};

inline constexpr std::tuple binding_request_fields{
    Field{"listen", &BindingRequest::listen, "the addresses that the unit listens on"},
    Field{"extra", &BindingRequest::extra,
          "where else it may listen: on loopback, nowhere, anywhere"},
    Field{"families", &BindingRequest::families,
          "where `*` is declared: it listens in all families that the host has, or in any"}};

// Returns the addresses that the spec's port_bindings declares; none if it has no such check.
std::vector<semantics::Address> declared_addresses(const Spec& spec);
}  // namespace checklist::checks
