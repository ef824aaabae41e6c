// SPDX-License-Identifier: MIT
// Who may see log text: whoever could read it with journalctl (systemd-journald.service(8)).
#pragma once
#include <string>

#include "http/peer.hpp"
#include "render/audience.hpp"

namespace checklist::daemon {
// Of a unix socket's peer that is root, our own user, or in one of the journal's groups, as the
// group file names them now; not the name service, which may ask PID 1. Everybody else is anyone.
render::Audience audience_of(const http::Peer& peer, const std::string& group_file = "/etc/group");
}  // namespace checklist::daemon
