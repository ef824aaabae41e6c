// SPDX-License-Identifier: MIT
// The pending response to one request. Answering after the handler has returned makes the request a
// long poll.
#pragma once
#include <functional>
#include <memory>

#include "http/message.hpp"

namespace checklist::http {
struct Exchange;

// Must be used from the loop. Answers 503 if destroyed without an answer. May outlive its Server.
class Reply {
 public:
  explicit Reply(std::shared_ptr<Exchange> exchange);
  Reply(Reply&& other) noexcept;
  Reply& operator=(Reply&& other) noexcept;
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;
  ~Reply();

  // Must be called at most once; has no effect if gone().
  void answer(Response response);

  // Sets a callback that runs at most once, from the loop: the client has disconnected, was refused
  // because of too many long polls, or the server stops. It may destroy this Reply.
  void on_gone(std::function<void()> callback);
  [[nodiscard]] bool gone() const;

 private:
  void give_up();

  std::shared_ptr<Exchange> exchange_;
};
}  // namespace checklist::http
