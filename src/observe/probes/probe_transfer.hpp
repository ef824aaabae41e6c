// SPDX-License-Identifier: MIT
// One libcurl request. Reads a bounded amount, follows no redirects and uses no proxy.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

#include "checklist/facts/probes.hpp"
#include "checklist/observed.hpp"

#include "observe/probes/response.hpp"

namespace checklist::observe {
class ProbeTransfer {
 public:
  // Borrows the request. `headers` are lines "Name: value".
  ProbeTransfer(const ProbeRequest& request, const std::vector<std::string>& headers);
  ProbeTransfer(const ProbeTransfer&) = delete;
  ProbeTransfer& operator=(const ProbeTransfer&) = delete;
  ProbeTransfer(ProbeTransfer&&) = delete;
  ProbeTransfer& operator=(ProbeTransfer&&) = delete;
  ~ProbeTransfer() = default;

  [[nodiscard]] CURL* raw() const { return handle_.get(); }

  // Returns the outcome of a finished transfer. Without URL it has passed once it is connected.
  [[nodiscard]] Observed<Probe> outcome(CURLcode result) const;
  // Returns the connected socket of a request without URL.
  [[nodiscard]] int socket() const;

 private:
  struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }

    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  static std::size_t on_header(const char* bytes, std::size_t one, std::size_t count,
                               void* self) noexcept;
  static std::size_t on_body(const char* bytes, std::size_t one, std::size_t count,
                             void* self) noexcept;
  template <class T>
  void set(CURLoption option, T value);
  void connect_only();
  void request_over_http(const std::vector<std::string>& headers);
  [[nodiscard]] std::optional<WallTime> certificate_expiry() const;
  [[nodiscard]] Observed<Probe> of_http() const;
  [[nodiscard]] Observed<Probe> of_broken(CURLcode result) const;
  [[nodiscard]] Observed<Probe> of_no_connection() const;

  const ProbeRequest& request_;
  std::size_t header_bytes_ = 0;
  Response body_;
  std::vector<char> error_;
  std::unique_ptr<curl_slist, Free> headers_;
  std::unique_ptr<CURL, Free> handle_;
};
}  // namespace checklist::observe
