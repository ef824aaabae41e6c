// SPDX-License-Identifier: MIT
// Whether the manager still starts what it starts at boot.
#pragma once
#include "checklist/view.hpp"

namespace checklist::checks {
inline Observed<bool> is_booting(View& see) {
  const auto& host = see[HostKey{}];
  if (!host) {
    return host.unseen();
  }
  return host->state == SystemState::initializing || host->state == SystemState::starting;
}
}  // namespace checklist::checks
