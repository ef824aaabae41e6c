// SPDX-License-Identifier: MIT
// Detects that our own namespaces are not the host's, so that what we see there means nothing.
#pragma once
#include <optional>
#include <string>

#include "checklist/observed.hpp"

namespace checklist::observe {
// Returns a reason if the owners of files and processes are shown to us as the overflow user, 65534
// (PrivateUsers=).
std::optional<Unseen> hidden_users(const std::string& proc = "/proc");

// Returns a reason if we see the sockets and addresses of another network than PID 1
// (PrivateNetwork=, NetworkNamespacePath=). Unix sockets are listed per network, too.
std::optional<Unseen> hidden_network(const std::string& proc = "/proc");
}  // namespace checklist::observe
