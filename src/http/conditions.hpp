// SPDX-License-Identifier: MIT
// The meaning of request headers, from their values.
#pragma once
#include <string_view>

namespace checklist::http {
// ASCII only, as header names and host names are compared.
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);

// Whether Accept-Encoding allows gzip (RFC 9110, 12.5.3).
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

// Whether If-None-Match names `etag` (RFC 9110, 13.1.2): a list, by weak comparison; `*` names
// every one.
[[nodiscard]] bool matches_etag(std::string_view if_none_match, std::string_view etag);

// Whether a Host header is a loopback name. Any other Host on a loopback connection is DNS
// rebinding: a web page that resolves its own name to 127.0.0.1 to read from this host.
[[nodiscard]] bool is_loopback_host(std::string_view host);
}  // namespace checklist::http
