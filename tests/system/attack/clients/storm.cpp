// SPDX-License-Identifier: MIT
// Clients that connect, ask and leave as fast as they can, without waiting for each other:
//
//   storm PORT PATH CLIENTS close|read
//
// `close` leaves without reading the answer. Ends when its standard input does, with the number of
// connections made and of answers begun.
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {
[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

struct Client {
  int fd = -1;
  bool asked = false;
  bool answered = false;
};

class Storm {
 public:
  Storm(std::uint16_t port, const std::string& path, std::size_t clients, bool reads)
      : request_("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        reads_(reads),
        clients_(clients),
        epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    address_.sin_family = AF_INET;
    address_.sin_port = htons(port);
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    epoll_event end{.events = EPOLLHUP, .data = {.u64 = clients_.size()}};
    if (epoll_ < 0 || epoll_ctl(epoll_, EPOLL_CTL_ADD, STDIN_FILENO, &end) < 0) {
      fail("epoll");
    }
  }

  void rage() {
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      connect(i);
    }
    std::vector<epoll_event> ready(256);
    while (true) {
      const int count =
          epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), retry_.empty() ? -1 : 1);
      if (count < 0 && errno != EINTR) {
        fail("epoll_wait");
      }
      for (int i = 0; i < count; ++i) {
        const std::size_t number = ready[static_cast<std::size_t>(i)].data.u64;
        if (number == clients_.size()) {
          std::printf("%lld connections, %lld answers begun\n", connections_, answers_);
          return;
        }
        go_on(number);
      }
      for (const std::size_t number : std::exchange(retry_, {})) {
        connect(number);
      }
    }
  }

 private:
  void connect(std::size_t number) {
    Client& client = clients_[number];
    client = {.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (client.fd < 0) {
      fail("socket");
    }
    const auto* raw = reinterpret_cast<const sockaddr*>(&address_);
    if (::connect(client.fd, raw, sizeof address_) < 0 && errno != EINPROGRESS) {
      leave(number);  // no port is free, or nothing listens: a millisecond later
      return;
    }
    epoll_event event{.events = EPOLLOUT, .data = {.u64 = number}};
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, client.fd, &event) < 0) {
      fail("epoll_ctl");
    }
  }

  void go_on(std::size_t number) {
    Client& client = clients_[number];
    if (!client.asked) {
      if (send(client.fd, request_.data(), request_.size(), MSG_NOSIGNAL) < 0) {
        leave(number);
        return;
      }
      ++connections_;
      client.asked = true;
      if (!reads_) {
        leave(number);
        return;
      }
      epoll_event event{.events = EPOLLIN, .data = {.u64 = number}};
      epoll_ctl(epoll_, EPOLL_CTL_MOD, client.fd, &event);
      return;
    }
    static char piece[65536];
    const auto count = recv(client.fd, piece, sizeof piece, 0);
    if (count > 0 && !client.answered) {
      client.answered = true;
      ++answers_;
    }
    if (count == 0 || (count < 0 && errno != EAGAIN)) {
      leave(number);
    }
  }

  void leave(std::size_t number) {
    close(clients_[number].fd);
    retry_.push_back(number);
  }

  sockaddr_in address_{};
  std::string request_;
  bool reads_;
  std::vector<Client> clients_;
  std::vector<std::size_t> retry_;
  int epoll_;
  long long connections_ = 0;
  long long answers_ = 0;
};
}  // namespace

int main(int count, char** arguments) {
  if (count != 5) {
    std::fprintf(stderr, "storm PORT PATH CLIENTS close|read\n");
    return 2;
  }
  Storm(static_cast<std::uint16_t>(std::atoi(arguments[1])), arguments[2],
        static_cast<std::size_t>(std::atoi(arguments[3])), std::string_view(arguments[4]) == "read")
      .rage();
}
