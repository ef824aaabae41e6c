// SPDX-License-Identifier: MIT
// Lets requests pass to the handler: within the rate limit, and of users who know their password.
#pragma once
#include <functional>
#include <list>

#include "access/known_logins.hpp"
#include "event/loop.hpp"
#include "http/message.hpp"
#include "http/password_queue.hpp"
#include "http/protection.hpp"
#include "http/reply.hpp"
#include "http/token_bucket.hpp"

namespace checklist::http {
class Gate {
 public:
  using Handler = std::function<void(const Request&, Reply)>;

  // `handler` gets the requests that pass.
  Gate(event::Loop& loop, Handler handler);

  void protect(const Protection& protection);

  // Passes the request on, now or later, or answers it: 429, 401, or 503 if too many passwords wait
  // to be compared.
  void enter(const Request& request, Reply reply);

 private:
  struct Delayed {
    Reply reply;
    TimePoint until;
  };

  void check(const Request& request, Reply reply, const access::Login& login);
  // Refuses a login after a pause, so that its client does not try again at once.
  void refuse_later(Reply reply);
  void refuse_due();

  event::Loop& loop_;
  Handler handler_;
  decltype(Protection::users) users_;
  TokenBucket bucket_;
  access::KnownLogins known_;
  std::list<Delayed> delayed_;
  event::Source refuse_;
  PasswordQueue passwords_;
};
}  // namespace checklist::http
