// SPDX-License-Identifier: MIT
// A unix socket on which a thread serves responses, one for each connection.
#pragma once
#include <array>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/sockets.hpp"

namespace checklist::testing {
inline std::string response(const std::string& line, const std::string& body,
                            const std::string& headers = {}) {
  return line + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" +
         body;
}

class Served {
 public:
  // Accepts as many connections as there are responses.
  Served(std::string path, std::vector<std::string> responses)
      : path_(std::move(path)),
        listener_(listen_on_path(SOCK_STREAM, path_)),
        thread_([this, all = std::move(responses)] {
          for (const std::string& each : all) {
            serve(each);
          }
        }) {}

  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  ~Served() {
    finish();
    ::unlink(path_.c_str());
  }

  // Returns the requests, after the responses or, if fewer clients connect, at once.
  const std::vector<std::string>& finish() {
    ::shutdown(listener_.fd, SHUT_RDWR);  // ends accept()
    if (thread_.joinable()) {
      thread_.join();
    }
    return requests_;
  }

 private:
  void serve(const std::string& response) {
    const BoundSocket peer(::accept(listener_.fd, nullptr, nullptr));
    std::array<char, 4096> piece{};
    std::string request;
    while (request.find("\r\n\r\n") == std::string::npos) {
      const ssize_t count = ::recv(peer.fd, piece.data(), piece.size(), 0);
      if (count <= 0) {
        return;
      }
      request.append(piece.data(), static_cast<std::size_t>(count));
    }
    requests_.push_back(std::move(request));
    (void)::send(peer.fd, response.data(), response.size(), MSG_NOSIGNAL);
  }

  std::string path_;
  BoundSocket listener_;
  std::vector<std::string> requests_;
  std::thread thread_;
};
}  // namespace checklist::testing
