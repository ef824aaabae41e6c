// SPDX-License-Identifier: MIT
// What a request's headers ask for, read from their values: pure.
#pragma once
#include <string_view>

namespace checklist::http {
// As ASCII, as names of headers and hosts are compared.
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);

// Accept-Encoding, RFC 9110 12.5.3.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

// If-None-Match, RFC 9110 13.1.2: whether the client has this representation. Weak comparison.
[[nodiscard]] bool matches_etag(std::string_view if_none_match, std::string_view etag);

// Whether a Host header names this host by loopback. Another one on a loopback connection is a page
// that rebound its own name to 127.0.0.1 in order to read what only this host may.
[[nodiscard]] bool is_loopback_host(std::string_view host);
}  // namespace checklist::http
