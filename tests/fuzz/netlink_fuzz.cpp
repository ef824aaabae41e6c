// SPDX-License-Identifier: MIT
// Answers of the kernel over netlink(7): listening sockets, and the table of local routes.
#include "fuzz/fuzz.hpp"
#include "parse/network/local_routes.hpp"
#include "parse/sock_diag.hpp"

namespace checklist::fuzz {
const std::size_t longest = 1U << 15U;  // one datagram

void run(std::string_view input) {
  constexpr std::uint32_t sequence = 7;
  const auto bytes = std::as_bytes(std::span(input));
  for (const parse::SocketQuestion& question : parse::socket_questions()) {
    const parse::SocketAnswer answer = parse::parse_answer(bytes, question, sequence);
    require(answer.error >= 0, "an error is an errno");
    require(!answer.malformed || answer.listeners.empty(),
            "nothing of a malformed answer is believed");
    require(answer.listeners.size() <= input.size(), "an answer has no more sockets than bytes");
  }
  const parse::LocalRoutes routes = parse::parse_local_routes(bytes, sequence);
  require(routes.error >= 0, "an error is an errno");
  require(routes.prefixes.size() <= input.size(), "an answer has no more routes than bytes");
}
}  // namespace checklist::fuzz
