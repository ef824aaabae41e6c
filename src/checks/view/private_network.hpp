// SPDX-License-Identifier: MIT
// Whether a unit has a network namespace of its own.
#pragma once
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns whether the IP sockets of the view's unit are in another network namespace than the
// daemon's, where it neither sees nor reaches them (PrivateNetwork=, NetworkNamespacePath=).
inline bool has_private_network(View& see) {
  return see.property<bool>("PrivateNetwork").value_or(false) ||
         !see.text("NetworkNamespacePath").empty();
}
}  // namespace checklist::checks
