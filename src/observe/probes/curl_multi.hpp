// SPDX-License-Identifier: MIT
// Runs libcurl transfers concurrently on the event loop (libcurl-multi(3),
// curl_multi_socket_action(3)).
#pragma once
#include <functional>
#include <map>

#include <curl/curl.h>

#include "event/loop.hpp"

namespace checklist::observe {
class CurlMulti {
 public:
  explicit CurlMulti(event::Loop& loop);
  CurlMulti(const CurlMulti&) = delete;
  CurlMulti& operator=(const CurlMulti&) = delete;
  CurlMulti(CurlMulti&&) = delete;
  CurlMulti& operator=(CurlMulti&&) = delete;
  ~CurlMulti();

  // Called once, from the loop; never from within add(), and never after remove().
  using Done = std::function<void(CURLcode)>;
  // Borrows the transfer until remove(), also after it is done: its connection stays open until
  // then (CURLOPT_CONNECT_ONLY(3)).
  void add(CURL* transfer, Done done);
  void remove(CURL* transfer);

 private:
  static int on_socket(CURL* transfer, curl_socket_t socket, int what, void* multi,
                       void* none) noexcept;
  static int on_timer(CURLM* handle, long milliseconds, void* multi) noexcept;
  void watch(curl_socket_t socket, int what);
  void arm(long milliseconds);
  void act(curl_socket_t socket, int events);
  void report_done();

  event::Loop& loop_;
  CURLM* handle_;
  event::Source timer_;
  std::map<curl_socket_t, event::Source> sockets_;
  std::map<CURL*, Done> running_;
};
}  // namespace checklist::observe
