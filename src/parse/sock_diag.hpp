// SPDX-License-Identifier: MIT
// Builds sock_diag(7) requests that list all listening sockets, and parses the replies.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "checklist/facts/sockets.hpp"

namespace checklist::parse {
// One dump request.
struct SocketQuestion {
  std::uint8_t family;
  std::uint8_t protocol;  // IPPROTO_…; 0 for unix
  std::uint32_t states;   // bits of TCP states
  std::string_view about;
};

// Returns the requests for all listening sockets: TCP and unix sockets in state LISTEN, and UDP and
// unix datagram sockets that are bound and not connected.
std::span<const SocketQuestion> socket_questions();

std::vector<std::byte> print_question(const SocketQuestion& question, std::uint32_t sequence);

// The contents of one datagram of the reply.
struct SocketAnswer {
  std::vector<Listener> listeners;  // `cgroup` is set by the caller
  bool done = false;                // the dump is complete
  bool interrupted = false;         // inconsistent (NLM_F_DUMP_INTR): repeat the dump
  bool malformed = false;           // ignore the contents
  int error = 0;                    // errno; the dump has ended
};

// Skips messages with another sequence number: they belong to an earlier request.
SocketAnswer parse_answer(std::span<const std::byte> datagram, const SocketQuestion& question,
                          std::uint32_t sequence);
}  // namespace checklist::parse
