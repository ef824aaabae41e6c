// SPDX-License-Identifier: MIT
// A server on a free loopback port with a handler that has one path for each way to answer.
#pragma once
#include <chrono>
#include <filesystem>
#include <list>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "event/loop.hpp"
#include "http/client.hpp"
#include "http/server.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::http {
using namespace std::chrono_literals;
namespace fs = std::filesystem;

class ServerTest : public ::testing::Test {
 protected:
  static constexpr Duration longest_wait = 30s;
  static constexpr std::size_t big = 6'000'000;

  void start() {
    server_ = std::make_unique<Server>(
        loop_, options_,
        [this](const Request& request, Reply reply) { handle(request, std::move(reply)); });
    address_ = server_->listen(TcpAddress{.host = "127.0.0.1", .port = 0});
  }

  void handle(const Request& request, Reply reply) {
    requests_.push_back(request);
    if (request.path == "/wait") {
      reply.on_gone([this] { ++gone_; });
      waiting_.push_back(std::move(reply));
    } else if (request.path == "/big") {
      reply.answer(text_response(200, std::string(big, 'x')));
    } else if (request.path == "/throw") {
      throw std::runtime_error("handler");
    } else if (request.path == "/forget") {
      const Reply forgotten = std::move(reply);
    } else if (request.path == "/") {
      reply.answer(response_);
    } else {
      reply.answer(text_response(404, "nothing here\n"));
    }
  }

  bool until(const std::function<bool()>& done, Duration deadline = longest_wait) {
    return loop_.run_until(done, deadline);
  }

  Answer answer_to(Client& client, bool has_body = true) {
    std::optional<Answer> answer;
    EXPECT_TRUE(until([&] { return (answer = client.answer(has_body)) || client.closed(); }));
    return answer.value_or(Answer{});
  }

  Answer get(const std::string& target, const std::string& headers = "") {
    Client client(loop_, address_);
    client.get(target, headers);
    return answer_to(client);
  }

  const testing::TemporaryDirectory temporary_;
  const fs::path directory_ = temporary_.path();
  event::Loop loop_;
  Options options_;
  Response response_ = text_response(200, "hello\n");
  std::vector<Request> requests_;
  int gone_ = 0;
  std::unique_ptr<Server> server_;
  std::list<Reply> waiting_;
  Endpoint address_;
};
}  // namespace checklist::http
