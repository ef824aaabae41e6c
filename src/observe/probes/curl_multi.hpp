// SPDX-License-Identifier: MIT
// libcurl's transfers on the loop (libcurl-multi(3), curl_multi_socket_action(3)): none waits for
// another, and the loop for none.
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

  // Called once, later and from the loop, and not after remove().
  using Done = std::function<void(CURLcode)>;
  // The transfer is borrowed until remove(). One that is done stays here, because its connection
  // does (CURLOPT_CONNECT_ONLY(3)).
  void add(CURL* transfer, Done done);
  void remove(CURL* transfer);

 private:
  static int on_socket(CURL* transfer, curl_socket_t socket, int what, void* multi,
                       void* none) noexcept;
  static int on_timer(CURLM* handle, long milliseconds, void* multi) noexcept;
  void watch(curl_socket_t socket, int what);
  void arm(long milliseconds);
  void act(curl_socket_t socket, int events);
  void tell_who_is_done();

  event::Loop& loop_;
  CURLM* handle_;
  event::Source timer_;
  std::map<curl_socket_t, event::Source> sockets_;
  std::map<CURL*, Done> running_;
};
}  // namespace checklist::observe
