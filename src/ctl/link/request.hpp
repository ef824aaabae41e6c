// SPDX-License-Identifier: MIT
// One GET over the unix socket of the daemon.
#pragma once
#include <array>
#include <memory>
#include <string>

#include <curl/curl.h>

namespace checklist::ctl {
class Request {
 public:
  // `etag` is sent as If-None-Match unless it is empty.
  Request(const std::string& socket, const std::string& path, long timeout_seconds,
          const std::string& etag = {});
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  // For curl_easy_perform(3) or curl_multi_add_handle(3).
  [[nodiscard]] CURL* handle() const { return curl_.get(); }

  // The rest is valid after the transfer.
  // Returns why there is no response, or "HTTP status 503" if it is neither 200 nor 304.
  [[nodiscard]] std::string error(CURLcode result) const;
  [[nodiscard]] bool unchanged() const;  // 304

  [[nodiscard]] const std::string& body() const { return body_; }

  [[nodiscard]] const std::string& etag() const { return etag_; }

 private:
  static std::size_t append(const char* bytes, std::size_t size, std::size_t count, void* to);
  static std::size_t header(const char* bytes, std::size_t size, std::size_t count, void* to);
  [[nodiscard]] long status() const;

  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_;
  std::array<char, CURL_ERROR_SIZE> reason_{};
  std::string body_;
  std::string etag_;
};
}  // namespace checklist::ctl
