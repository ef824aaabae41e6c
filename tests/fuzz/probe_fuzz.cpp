// SPDX-License-Identifier: MIT
// What a probed service answers: the first byte chooses HTTP or a dialogue.
#include <array>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "fuzz/fuzz.hpp"
#include "observe/probes/curl_multi.hpp"
#include "observe/probes/probe_run.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::fuzz {
namespace {
using namespace std::chrono_literals;

// A service that answers every connection with one text and closes it.
class Service {
 public:
  explicit Service(event::Loop& loop) : loop_(loop), path_(directory_.path() / "socket") {
    event::Fd listening(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    path_.copy(address.sun_path, sizeof address.sun_path - 1);
    require(
        ::bind(listening.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
            ::listen(listening.get(), 8) == 0,
        "the service listens");
    ready_ = loop.io(std::move(listening), EPOLLIN, [this](std::uint32_t) { accept(); });
  }

  [[nodiscard]] const std::string& path() const { return path_; }

  void answer(std::string_view text, bool after_request) {
    text_ = text;
    after_request_ = after_request;
  }

 private:
  void accept() {
    event::Fd client(::accept4(ready_.fd(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    client_ = loop_.io(std::move(client), after_request_ ? EPOLLIN : EPOLLOUT,
                       [this](std::uint32_t) { serve(); });
  }

  void serve() {
    std::array<char, 4096> request{};
    (void)::recv(client_.fd(), request.data(), request.size(), 0);
    (void)::send(client_.fd(), text_.data(), text_.size(), MSG_NOSIGNAL);
    client_ = {};
  }

  event::Loop& loop_;
  testing::TemporaryDirectory directory_;
  std::string path_;
  std::string_view text_;
  bool after_request_ = false;
  event::Source ready_;
  event::Source client_;
};

ProbeKey key_for(const std::string& path, bool is_http) {
  ProbeKey out{
      .unit = "x.service", .settled = {}, .request = {}, .pace = {.timeout = 60s, .interval = 10s}};
  out.request.unix_socket = path;
  if (is_http) {
    out.request.url = "http://localhost/health";
    out.request.status = {200, 204};
    out.request.body = "\"status\": *\"(ok|up)\"";
  } else {
    out.request.expect = "PONG";
  }
  return out;
}
}  // namespace

const std::size_t longest = 1U << 17U;  // twice what is read of an answer

void run(std::string_view input) {
  static event::Loop loop;
  static observe::CurlMulti multi(loop);
  static Service service(loop);
  Input in(input);
  const bool is_http = in.byte() % 4 != 0;
  const ProbeKey key = key_for(service.path(), is_http);
  service.answer(in.rest(), is_http);
  std::optional<Observed<Probe>> outcome;
  const observe::ProbeRun probe(loop, multi, key, {},
                                [&outcome](Observed<Probe> ended) { outcome = std::move(ended); });
  require(loop.run_until([&outcome] { return outcome.has_value(); }, 70s), "a probe ends");
  require(!*outcome || (*outcome)->outcome != ProbeOutcome::timeout,
          "a closed connection ends a probe");
}
}  // namespace checklist::fuzz
