// SPDX-License-Identifier: MIT
// One request on its way to an answer, private to src/http: what a Reply and its connection share.
#pragma once
#include <functional>
#include <optional>

#include "http/message.hpp"

namespace checklist::http {
// asked → answered, at once or after waiting; from anywhere to gone when the client or the server
// leaves.
struct Exchange {
  enum class State { asked, waiting, answered, gone };

  State state = State::asked;
  std::optional<Response> response;  // what to send, unless the client has left
  std::function<void()> wake;        // while waiting: lets the connection go on
  std::function<void()> on_gone;     // what the holder of the Reply wants to hear

  void answer(Response with);
  // Nobody waits for the holder's answer any more; `instead` is what a client that is still there
  // gets.
  void abandon(std::optional<Response> instead = std::nullopt);
};
}  // namespace checklist::http
