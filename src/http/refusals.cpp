// SPDX-License-Identifier: MIT
#include "http/refusals.hpp"

#include "http/conditions.hpp"

namespace checklist::http {
namespace {
bool has_body(MHD_Connection* handle) {
  const auto length = header_of(handle, "Content-Length");
  return !header_of(handle, "Transfer-Encoding").empty() || (!length.empty() && length != "0");
}

// A request may have several Host headers, and a request of HTTP/1.0 none.
bool names_only_loopback(MHD_Connection* handle) {
  bool out = true;
  const auto look = [](void* all, MHD_ValueKind /*kind*/, const char* key, const char* value) {
    const bool is_foreign = equals_ignoring_case(key, "Host") && value != nullptr &&
                            *value != '\0' && !is_loopback_host(value);
    *static_cast<bool*>(all) &= !is_foreign;
    return MHD_YES;
  };
  MHD_get_connection_values(handle, MHD_HEADER_KIND, look, &out);
  return out;
}
}  // namespace

std::string_view header_of(MHD_Connection* handle, const char* name) {
  const char* value = MHD_lookup_connection_value(handle, MHD_HEADER_KIND, name);
  return value == nullptr ? "" : value;
}

std::optional<Response> refusal(MHD_Connection* handle, const Peer& peer, std::string_view method) {
  if (method != "GET" && method != "HEAD") {
    auto out = text_response(405, "method not allowed: use GET or HEAD\n");
    out.headers.emplace_back("Allow", "GET, HEAD");
    return out;
  }
  if (has_body(handle)) {
    return text_response(413, "request body not allowed\n");
  }
  if (peer.by_loopback && !names_only_loopback(handle)) {
    return text_response(
        421,
        "misdirected request: on a loopback address, Host must be localhost, 127.0.0.1 or [::1]\n");
  }
  return std::nullopt;
}

Response unavailable(const char* why) {
  Response out = text_response(503, why);
  out.headers.emplace_back("Retry-After", "1");
  return out;
}
}  // namespace checklist::http
