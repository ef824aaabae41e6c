// SPDX-License-Identifier: MIT
// Decides which clients may see log text: those that could read it with journalctl
// (systemd-journald.service(8)).
#pragma once
#include <string>

#include "http/peer.hpp"
#include "render/audience.hpp"

namespace checklist::daemon {
// Returns Audience::journal_readers for a unix socket's peer that is root, the daemon's own user or
// a member of systemd-journal or adm, and Audience::anyone for all others. The groups' ids come
// from `group_file`, read at each call, because the name service may query PID 1.
render::Audience audience_of(const http::Peer& peer, const std::string& group_file = "/etc/group");
}  // namespace checklist::daemon
