// SPDX-License-Identifier: MIT
#include "http/reply.hpp"

#include "http/exchange.hpp"

namespace checklist::http {
void Exchange::answer(Response with) {
  if (state != State::asked && state != State::waiting) {
    return;
  }
  state = State::answered;
  response = std::move(with);
  on_gone = nullptr;
  if (const auto resume = std::exchange(wake, nullptr)) {
    resume();
  }
}

void Exchange::abandon(std::optional<Response> instead) {
  if (state == State::gone) {
    return;
  }
  state = State::gone;
  response = std::move(instead);
  const auto resume = std::exchange(wake, nullptr);
  const auto notify = std::exchange(on_gone, nullptr);
  if (resume) {
    resume();
  }
  if (notify) {
    notify();
  }
}

Reply::Reply(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}

Reply::Reply(Reply&& other) noexcept = default;

Reply& Reply::operator=(Reply&& other) noexcept {
  if (this != &other) {
    give_up();
    exchange_ = std::move(other.exchange_);
  }
  return *this;
}

Reply::~Reply() {
  give_up();
}

void Reply::give_up() {
  if (const auto exchange = std::exchange(exchange_, nullptr)) {
    exchange->answer(text_response(503, "no response from the handler\n"));
  }
}

void Reply::answer(Response response) {
  exchange_->answer(std::move(response));
}

void Reply::on_gone(std::function<void()> callback) {
  exchange_->on_gone = std::move(callback);
}

bool Reply::gone() const {
  return exchange_->state == Exchange::State::gone;
}
}  // namespace checklist::http
