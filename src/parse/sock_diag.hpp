// SPDX-License-Identifier: MIT
// sock_diag(7): the questions that list everything listening, and their answers.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "checklist/facts/sockets.hpp"

namespace checklist::parse {
// One dump to ask the kernel for.
struct SocketQuestion {
  std::uint8_t family;
  std::uint8_t protocol;  // IPPROTO_…; 0 for unix
  std::uint32_t states;   // bits of TCP states
  std::string_view about;
};

// Together: TCP and unix in LISTEN, UDP and unix datagram sockets bound and not connected.
std::span<const SocketQuestion> socket_questions();

std::vector<std::byte> print_question(const SocketQuestion& question, std::uint32_t sequence);

// What one datagram of the answer says.
struct SocketAnswer {
  std::vector<Listener> listeners;  // `cgroup` is left to who knows the paths
  bool done = false;                // the dump is complete
  bool interrupted = false;         // it changed meanwhile: ask again
  bool malformed = false;           // not what the kernel sends; nothing in it is to be believed
  int error = 0;                    // an errno; the dump is over
};

// Messages with another sequence number answer an earlier question and are left out.
SocketAnswer parse_answer(std::span<const std::byte> datagram, const SocketQuestion& question,
                          std::uint32_t sequence);
}  // namespace checklist::parse
