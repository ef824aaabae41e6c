// SPDX-License-Identifier: MIT
// Error responses to requests that no handler gets. Private to src/http.
#pragma once
#include <optional>
#include <string_view>

#include <microhttpd.h>

#include "http/message.hpp"

namespace checklist::http {
// Returns "" if there is no such header.
[[nodiscard]] std::string_view header_of(MHD_Connection* handle, const char* name);

[[nodiscard]] std::optional<Response> refusal(MHD_Connection* handle, const Peer& peer,
                                              std::string_view method);

// 503, to be tried again.
[[nodiscard]] Response unavailable(const char* why);
}  // namespace checklist::http
