// SPDX-License-Identifier: MIT
#include "http/server.hpp"

#include "http/core.hpp"

namespace checklist::http {
Server::Server(event::Loop& loop, Options options, Handler handler)
    : core_(std::make_unique<Core>(loop, std::move(options), std::move(handler))) {}

Server::~Server() = default;

Endpoint Server::listen(const Endpoint& address) {
  return core_->accept_on(bind_socket(address));
}

Endpoint Server::adopt(int fd) {
  return core_->accept_on(adopt_socket(event::Fd(fd)));
}

void Server::protect(Protection protection) {
  core_->protect(std::move(protection));
}

std::size_t Server::connections() const {
  return core_->connections().size();
}

std::size_t Server::long_polls() const {
  return core_->connections().waiting();
}
}  // namespace checklist::http
