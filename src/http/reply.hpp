// SPDX-License-Identifier: MIT
// The duty to answer one request: now, from within the handler, or later, which makes it a long
// poll.
#pragma once
#include <functional>
#include <memory>

#include "http/message.hpp"

namespace checklist::http {
struct Exchange;

// Move-only, used from the loop. One that is destroyed unanswered answers 503. May outlive its
// Server.
class Reply {
 public:
  explicit Reply(std::shared_ptr<Exchange> exchange);
  Reply(Reply&& other) noexcept;
  Reply& operator=(Reply&& other) noexcept;
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;
  ~Reply();

  // Once; without effect when nobody waits for it any more.
  void answer(Response response);

  // Called at most once, from the loop: the client left, was put off because too many wait, or the
  // server stops. The callback may destroy this Reply.
  void on_gone(std::function<void()> callback);
  [[nodiscard]] bool gone() const;

 private:
  void give_up();

  std::shared_ptr<Exchange> exchange_;
};
}  // namespace checklist::http
