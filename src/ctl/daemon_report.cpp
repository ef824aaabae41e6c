// SPDX-License-Identifier: MIT
#include "ctl/daemon_report.hpp"

#include <array>
#include <memory>
#include <system_error>

#include <curl/curl.h>

namespace checklist::ctl {
namespace {
constexpr long timeout_seconds = 10;
constexpr long http_ok = 200;
constexpr std::size_t longest_body = 64U << 20U;

// A CURLOPT_WRITEFUNCTION: returning less than was offered ends the transfer.
std::size_t append(const char* bytes, std::size_t size, std::size_t count, void* to) {
  auto& body = *static_cast<std::string*>(to);
  const std::size_t length = size * count;
  if (body.size() + length > longest_body) {
    return 0;
  }
  body.append(bytes, length);
  return length;
}

// curl's own text names a host and a port, which a unix socket does not have.
std::string connect_error(CURL* curl) {
  long number = 0;
  curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &number);
  return number != 0 ? std::generic_category().message(static_cast<int>(number))
                     : curl_easy_strerror(CURLE_COULDNT_CONNECT);
}

// Returns the body of a GET, or sets `mistake`.
std::string body_of(const std::string& socket, const std::string& path, std::string& mistake) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                 curl_easy_cleanup);
  std::string body;
  std::array<char, CURL_ERROR_SIZE> reason{};
  curl_easy_setopt(curl.get(), CURLOPT_UNIX_SOCKET_PATH, socket.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_URL, ("http://localhost" + path).c_str());
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, timeout_seconds);
  curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, reason.data());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &body);
  const CURLcode result = curl_easy_perform(curl.get());
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (result == CURLE_COULDNT_CONNECT) {
    mistake = connect_error(curl.get());
  } else if (result != CURLE_OK) {
    mistake = reason[0] != '\0' ? reason.data() : curl_easy_strerror(result);
  } else if (status != http_ok) {
    mistake = "HTTP status " + std::to_string(status);
  }
  return body;
}
}  // namespace

render::ParsedReport daemon_report(const std::string& socket) {
  std::string mistake;
  const std::string body = body_of(socket, "/api/v1/report", mistake);
  if (mistake.empty()) {
    return render::parse_report(body);
  }
  render::ParsedReport none;
  none.mistake = mistake;
  return none;
}
}  // namespace checklist::ctl
