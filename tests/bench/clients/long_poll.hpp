// SPDX-License-Identifier: MIT
// One kept connection to checklistd, on which a change of the report is waited for. Only as much
// HTTP as that takes; for benchmarks: every failure ends the program.
#pragma once
#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "raw_bus.hpp"

namespace bench {
class LongPoll {
 public:
  // A port of the loopback interface, or the path of a socket.
  explicit LongPoll(const std::string& where)
      : fd_(socket(is_path(where) ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (is_path(where)) {
      sockaddr_un address{};
      address.sun_family = AF_UNIX;
      where.copy(address.sun_path, sizeof address.sun_path - 1);
      connect_to(address);
      return;
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(where)));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connect_to(address);
    const int on = 1;
    must_errno(setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "TCP_NODELAY");
  }

  LongPoll(const LongPoll&) = delete;
  LongPoll& operator=(const LongPoll&) = delete;

  ~LongPoll() { close(fd_); }

  [[nodiscard]] int fd() const { return fd_; }

  // Answered as soon as the report is another than the last one read here.
  void ask(const std::string& wait) {
    const std::string request = "GET /api/v1/report?wait=" + wait +
                                " HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + etag_ +
                                "\r\n\r\n";
    must_errno(send(fd_, request.data(), request.size(), MSG_NOSIGNAL), "send");
    text_.clear();
  }

  // Reads what there is; whether the answer is whole.
  bool read_some() {
    char piece[65536];
    const auto count = recv(fd_, piece, sizeof piece, 0);
    must_errno(count, "recv");
    if (count == 0) {
      fail("checklistd closed the connection");
    }
    text_.append(piece, static_cast<std::size_t>(count));
    const auto head = text_.find("\r\n\r\n");
    if (head == std::string::npos) {
      return false;
    }
    differs_ = !text_.starts_with("HTTP/1.1 304");
    const std::size_t length = differs_ ? std::stoul("0" + header("Content-Length")) : 0;
    if (text_.size() < head + 4 + length) {
      return false;
    }
    if (differs_) {
      etag_ = header("ETag");
      report_ = text_.substr(head + 4);
    }
    return true;
  }

  // Until it differs or the time is up, which is false.
  bool wait_for_change(const std::string& wait) {
    ask(wait);
    while (!read_some()) {
    }
    return differs_;
  }

  // The unit's ActiveState in the report last read.
  [[nodiscard]] std::string_view active_state(const std::string& unit) const {
    constexpr std::string_view key = "\"active_state\":";
    const auto row = report_.find('"' + unit + '"');
    const auto at = row == std::string::npos ? row : report_.find(key, row);
    if (at == std::string::npos) {
      return {};
    }
    const auto begin = report_.find('"', at + key.size()) + 1;
    return std::string_view(report_).substr(begin, report_.find('"', begin) - begin);
  }

 private:
  static bool is_path(const std::string& where) { return where.starts_with('/'); }

  template <class Address>
  void connect_to(const Address& address) {
    must_errno(connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address),
               "connect");
  }

  static void must_errno(ssize_t result, const char* what) { must(result < 0 ? -errno : 0, what); }

  [[nodiscard]] std::string header(const std::string& name) const {
    const auto at = text_.find("\r\n" + name + ": ");
    if (at == std::string::npos) {
      return {};
    }
    const auto begin = at + 2 + name.size() + 2;
    return text_.substr(begin, text_.find("\r\n", begin) - begin);
  }

  int fd_;
  std::string etag_ = "\"none\"";
  std::string text_;  // of the answer that is arriving
  std::string report_;
  bool differs_ = false;
};
}  // namespace bench
