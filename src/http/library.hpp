// SPDX-License-Identifier: MIT
// Converts requests and responses from and to those of libmicrohttpd. Private to src/http.
#pragma once
#include <cstdarg>
#include <memory>
#include <string>

#include <gnutls/abstract.h>
#include <microhttpd.h>

#include "http/message.hpp"

namespace checklist::http {
struct DestroyResponse {
  void operator()(MHD_Response* response) const { MHD_destroy_response(response); }
};

using LibraryResponse = std::unique_ptr<MHD_Response, DestroyResponse>;

enum class Encoding { plain, gzip };

// Throws std::system_error if a header is malformed.
[[nodiscard]] LibraryResponse to_library(const Response& response, Encoding encoding);

[[nodiscard]] Request from_library(MHD_Connection* connection, const char* path, const char* method,
                                   const Peer& peer);

// Returns a log line of the library, or "" for its warnings about sockets that are not TCP.
[[nodiscard]] std::string log_text(const char* format, va_list arguments);

// The library wants to know where certificates come from. Each session has its own before it asks.
int no_certificate(gnutls_session_t session, const gnutls_datum_t* authorities, int count,
                   const gnutls_pk_algorithm_t* algorithms, int algorithm_count,
                   gnutls_pcert_st** chain, unsigned* chain_length, gnutls_privkey_t* key);
}  // namespace checklist::http
