// SPDX-License-Identifier: MIT
#include "observe/probes/curl_multi.hpp"

#include <csignal>
#include <new>
#include <stdexcept>
#include <utility>

#include <sys/epoll.h>

namespace checklist::observe {
namespace {
struct Library {
  Library() {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
      throw std::runtime_error("cannot initialise libcurl");
    }
    // TLS libraries write with write(2); with CURLOPT_NOSIGNAL(3) the caller must ignore SIGPIPE.
    (void)std::signal(SIGPIPE, SIG_IGN);
  }

  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  Library(Library&&) = delete;
  Library& operator=(Library&&) = delete;

  ~Library() { curl_global_cleanup(); }
};

CURLM* new_handle() {
  static const Library library;
  CURLM* handle = curl_multi_init();
  if (handle == nullptr) {
    throw std::bad_alloc();
  }
  return handle;
}

std::uint32_t epoll_events(int what) {
  return ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0U) |
         ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0U);
}

int curl_events(std::uint32_t events) {
  return ((events & (EPOLLIN | EPOLLHUP)) != 0 ? CURL_CSELECT_IN : 0) |
         ((events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
         ((events & EPOLLERR) != 0 ? CURL_CSELECT_ERR : 0);
}
}  // namespace

CurlMulti::CurlMulti(event::Loop& loop)
    : loop_(loop),
      handle_(new_handle()),
      timer_(loop.timer([this] { act(CURL_SOCKET_TIMEOUT, 0); })) {
  curl_multi_setopt(handle_, CURLMOPT_SOCKETFUNCTION, &CurlMulti::on_socket);
  curl_multi_setopt(handle_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(handle_, CURLMOPT_TIMERFUNCTION, &CurlMulti::on_timer);
  curl_multi_setopt(handle_, CURLMOPT_TIMERDATA, this);
}

CurlMulti::~CurlMulti() {
  for (const auto& [transfer, done] : running_) {
    curl_multi_remove_handle(handle_, transfer);
  }
  curl_multi_cleanup(handle_);
}

void CurlMulti::add(CURL* transfer, Done done) {
  running_.emplace(transfer, std::move(done));
  curl_multi_add_handle(handle_, transfer);
}

void CurlMulti::remove(CURL* transfer) {
  if (running_.erase(transfer) > 0) {
    curl_multi_remove_handle(handle_, transfer);
  }
}

// The caller is C: exceptions such as std::bad_alloc must not leave these two functions.
int CurlMulti::on_socket(CURL* /*transfer*/, curl_socket_t socket, int what, void* multi,
                         void* /*none*/) noexcept {
  static_cast<CurlMulti*>(multi)->watch(socket, what);
  return 0;
}

int CurlMulti::on_timer(CURLM* /*handle*/, long milliseconds, void* multi) noexcept {
  static_cast<CurlMulti*>(multi)->arm(milliseconds);
  return 0;
}

void CurlMulti::watch(curl_socket_t socket, int what) {
  if (what == CURL_POLL_REMOVE) {
    sockets_.erase(socket);
  } else if (const auto at = sockets_.find(socket); at != sockets_.end()) {
    at->second.wait_for(epoll_events(what));
  } else {
    sockets_.emplace(socket,
                     loop_.borrowed_io(socket, epoll_events(what), [this, socket](std::uint32_t e) {
                       act(socket, curl_events(e));
                     }));
  }
}

void CurlMulti::arm(long milliseconds) {
  if (milliseconds < 0) {
    timer_.disarm();
  } else {
    timer_.arm_at(loop_.now() + std::chrono::milliseconds{milliseconds});
  }
}

void CurlMulti::act(curl_socket_t socket, int events) {
  int running = 0;
  curl_multi_socket_action(handle_, socket, events, &running);
  report_done();
}

void CurlMulti::report_done() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(handle_, &left)) {
    if (message->msg != CURLMSG_DONE) {
      continue;
    }
    const CURLcode result =
        message->data.result;  // `message` is invalid once the transfer is removed
    const auto at = running_.find(message->easy_handle);
    if (at != running_.end()) {
      const Done done = std::exchange(at->second, nullptr);
      done(result);
    }
  }
}
}  // namespace checklist::observe
