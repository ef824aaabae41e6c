// SPDX-License-Identifier: MIT
// The state of one request, shared by its Reply and its connection. Private to src/http.
#pragma once
#include <functional>
#include <optional>

#include "http/message.hpp"

namespace checklist::http {
// asked → answered, or asked → waiting → answered for a long poll. Any state → gone when the client
// disconnects or the server stops.
struct Exchange {
  enum class State { asked, waiting, answered, gone };

  State state = State::asked;
  std::optional<Response> response;  // to send, unless the client has disconnected
  std::function<void()> wake;        // while waiting: resumes the connection
  std::function<void()> on_gone;     // the callback of the Reply's owner

  void answer(Response with);
  // Discards the answer of the Reply's owner; a client that is still connected gets `instead`.
  void abandon(std::optional<Response> instead = std::nullopt);
};
}  // namespace checklist::http
