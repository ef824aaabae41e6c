// SPDX-License-Identifier: MIT
#include "http/conditions.hpp"

#include <algorithm>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace checklist::http {
namespace {
std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

// Removes the part before the separator from `text` and returns it.
std::string_view take_part(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const auto part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  return trimmed(part);
}

// Whether `parameters` is `q=0`, `q=0.000` and the like.
bool is_refusal(std::string_view parameters) {
  const auto q = trimmed(parameters);
  return (q.starts_with("q=0") || q.starts_with("Q=0")) &&
         q.find_first_of("123456789") == std::string_view::npos;
}

std::string_view opaque(std::string_view etag) {
  return etag.starts_with("W/") ? etag.substr(2) : etag;
}

bool is_port(std::string_view text) {
  return text.empty() || (text.starts_with(':') &&
                          text.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

// Returns an empty text if what follows the host is no port.
std::string_view without_port(std::string_view host) {
  const auto end =
      host.starts_with('[') ? host.find(']') + 1 : std::min(host.find(':'), host.size());
  return is_port(host.substr(end)) ? host.substr(0, end) : std::string_view{};
}
}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [lower](char x, char y) { return lower(x) == lower(y); });
}

bool accepts_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    std::string_view parameters = take_part(accept_encoding, ',');
    const auto coding = take_part(parameters, ';');
    if (equals_ignoring_case(coding, "gzip")) {
      return !is_refusal(parameters);
    }
  }
  return false;
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    const auto candidate = take_part(if_none_match, ',');
    if (candidate == "*" || (!candidate.empty() && opaque(candidate) == opaque(etag))) {
      return true;
    }
  }
  return false;
}

bool is_loopback_host(std::string_view host) {
  host = without_port(trimmed(host));
  if (equals_ignoring_case(host, "localhost") || equals_ignoring_case(host, "localhost.") ||
      host == "[::1]") {
    return true;
  }
  in_addr address{};
  return host.starts_with("127.") && inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
}
}  // namespace checklist::http
