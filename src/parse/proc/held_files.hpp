// SPDX-License-Identifier: MIT
// Parses the files of /proc that tell what a process holds: /proc/PID/maps, /proc/PID/net/tcp and
// /proc/PID/net/unix (proc(5)).
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace checklist::parse {
// Returns the path of a line of /proc/PID/maps if it is a mapped program or library whose file was
// removed or replaced. What programs generate at run time (memfd_create(2), shared memory,
// temporary files) is none, as for needrestart(1).
std::optional<std::string> removed_program(std::string_view line);

// Returns whether a removed file at this path is a part of an installed package or store, and not
// one that a program unpacked for itself and removed again.
bool is_installed_program(std::string_view path);

// Return the inode numbers of the sockets that accept connections.
std::set<std::uint64_t> listening_inet_sockets(std::string_view net_tcp);
std::set<std::uint64_t> listening_unix_sockets(std::string_view net_unix);

// Returns the inode number of a link in /proc/PID/fd: "socket:[123]".
std::optional<std::uint64_t> socket_inode(std::string_view link);
}  // namespace checklist::parse
