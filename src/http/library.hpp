// SPDX-License-Identifier: MIT
// libmicrohttpd's messages from and to ours, private to src/http.
#pragma once
#include <cstdarg>
#include <memory>
#include <string>

#include <microhttpd.h>

#include "http/message.hpp"

namespace checklist::http {
struct DestroyResponse {
  void operator()(MHD_Response* response) const { MHD_destroy_response(response); }
};

using LibraryResponse = std::unique_ptr<MHD_Response, DestroyResponse>;

enum class Encoding { plain, gzip };

// Throws std::system_error when a header of ours is malformed.
[[nodiscard]] LibraryResponse to_library(const Response& response, Encoding encoding);

[[nodiscard]] Request from_library(MHD_Connection* connection, const char* path, const char* method,
                                   const Peer& peer);

// Empty for the complaints about every connection that is not TCP.
[[nodiscard]] std::string log_text(const char* format, va_list arguments);
}  // namespace checklist::http
