// SPDX-License-Identifier: MIT
#include "http/gate.hpp"

#include <memory>
#include <utility>

namespace checklist::http {
namespace {
using namespace std::chrono_literals;
constexpr Duration pause = 1s;
constexpr std::size_t most_delayed = 8;  // they take places of long polls

Response unauthorized() {
  Response out = text_response(401, "unauthorized\n");
  out.headers.emplace_back("WWW-Authenticate", "Basic");
  return out;
}

Response busy(int status, const char* why) {
  Response out = text_response(status, why);
  out.headers.emplace_back("Retry-After", "1");
  return out;
}

struct Held {
  Request request;
  Reply reply;
};
}  // namespace

Gate::Gate(event::Loop& loop, Handler handler)
    : loop_(loop),
      handler_(std::move(handler)),
      refuse_(loop.timer([this] { refuse_due(); })),
      passwords_(loop) {}

void Gate::protect(const Protection& protection) {
  users_ = protection.users;
  bucket_.limit(protection.rate_limit);
}

void Gate::enter(const Request& request, Reply reply) {
  if (!bucket_.take(loop_.now())) {
    reply.answer(busy(429, "too many requests\n"));
    return;
  }
  if (users_.empty()) {
    handler_(request, std::move(reply));
    return;
  }
  if (const auto login = access::parse_login(request.header("authorization"))) {
    check(request, std::move(reply), *login);
  } else {
    reply.answer(unauthorized());
  }
}

void Gate::check(const Request& request, Reply reply, const access::Login& login) {
  const auto user = users_.find(login.user);
  const bool is_user = user != users_.end();
  if (is_user && known_.contains(login, user->second)) {
    handler_(request, std::move(reply));
    return;
  }
  // The answer to an unknown user takes as long, so that it does not tell who is known.
  const std::string& hash = is_user ? user->second : users_.begin()->second;
  auto held = std::make_shared<Held>(Held{request, std::move(reply)});
  const auto done = [this, held, login, hash, is_user](bool is_right) {
    if (held->reply.gone()) {
      return;
    }
    if (is_user && is_right) {
      known_.add(login, hash);
      handler_(held->request, std::move(held->reply));
    } else {
      held->reply.answer(unauthorized());
    }
  };
  if (!passwords_.check(request.peer.address, hash, login.password, done)) {
    refuse_later(std::move(held->reply));
  }
}

void Gate::refuse_later(Reply reply) {
  delayed_.push_back({std::move(reply), loop_.now() + pause});
  if (delayed_.size() > most_delayed) {
    delayed_.front().until = loop_.now();
  }
  refuse_due();
}

void Gate::refuse_due() {
  while (!delayed_.empty() && delayed_.front().until <= loop_.now()) {
    Delayed due = std::move(delayed_.front());
    delayed_.pop_front();
    due.reply.answer(busy(503, "too many logins at once\n"));
  }
  if (!delayed_.empty()) {
    refuse_.arm_at(delayed_.front().until);
  }
}
}  // namespace checklist::http
