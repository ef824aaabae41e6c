// SPDX-License-Identifier: MIT
#include "ctl/link/request.hpp"

#include <string_view>
#include <system_error>

#include <strings.h>

namespace checklist::ctl {
namespace {
constexpr long http_ok = 200;
constexpr long http_not_modified = 304;
constexpr std::size_t longest_body = 64U << 20U;
constexpr std::string_view etag_header = "ETag:";

// curl's own text names a host and a port, which a unix socket does not have.
std::string connect_error(CURL* curl) {
  long number = 0;
  curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &number);
  return number != 0 ? std::generic_category().message(static_cast<int>(number))
                     : curl_easy_strerror(CURLE_COULDNT_CONNECT);
}

curl_slist* headers(const std::string& etag) {
  return etag.empty() ? nullptr : curl_slist_append(nullptr, ("If-None-Match: " + etag).c_str());
}
}  // namespace

Request::Request(const std::string& socket, const std::string& path, long timeout_seconds,
                 const std::string& etag)
    : headers_(headers(etag), curl_slist_free_all), curl_(curl_easy_init(), curl_easy_cleanup) {
  CURL* curl = curl_.get();
  curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, socket.c_str());
  curl_easy_setopt(curl, CURLOPT_URL, ("http://localhost" + path).c_str());
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, timeout_seconds);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason_.data());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers_.get());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
}

// A CURLOPT_WRITEFUNCTION: returning less than was offered ends the transfer.
std::size_t Request::append(const char* bytes, std::size_t size, std::size_t count, void* to) {
  std::string& body = static_cast<Request*>(to)->body_;
  const std::size_t length = size * count;
  if (body.size() + length > longest_body) {
    return 0;
  }
  body.append(bytes, length);
  return length;
}

std::size_t Request::header(const char* bytes, std::size_t size, std::size_t count, void* to) {
  const std::string_view line(bytes, size * count);
  if (line.size() > etag_header.size() &&
      ::strncasecmp(line.data(), etag_header.data(), etag_header.size()) == 0) {
    const auto from = line.find('"');
    const auto end = line.rfind('"');
    static_cast<Request*>(to)->etag_ =
        from < end ? std::string(line.substr(from, end - from + 1)) : std::string();
  }
  return line.size();
}

long Request::status() const {
  long out = 0;
  curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &out);
  return out;
}

bool Request::unchanged() const {
  return status() == http_not_modified;
}

std::string Request::error(CURLcode result) const {
  if (result == CURLE_COULDNT_CONNECT) {
    return connect_error(curl_.get());
  }
  if (result != CURLE_OK) {
    return reason_[0] != '\0' ? reason_.data() : curl_easy_strerror(result);
  }
  return status() == http_ok || unchanged() ? "" : "HTTP status " + std::to_string(status());
}
}  // namespace checklist::ctl
