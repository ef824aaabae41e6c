// SPDX-License-Identifier: MIT
#include "http/library.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "http/gzip.hpp"

namespace checklist::http {
namespace {
using Body = std::shared_ptr<const std::string>;

// The library keeps a reference to the body until the last byte is sent.
LibraryResponse with_body(const Body& body) {
  static const auto empty = std::make_shared<const std::string>();
  auto kept = std::make_unique<Body>(body ? body : empty);
  const std::string& bytes = **kept;
  const auto release = [](void* reference) {
    const std::unique_ptr<Body> last(static_cast<Body*>(reference));
  };
  // The library only reads; its parameter is const since 1.0.
  char* start = const_cast<char*>(bytes.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  LibraryResponse out(MHD_create_response_from_buffer_with_free_callback_cls(bytes.size(), start,
                                                                             release, kept.get()));
  if (!out) {
    throw std::system_error(ENOMEM, std::generic_category(), "http response");
  }
  (void)kept.release();  // owned by the library now
  return out;
}

void add_header(MHD_Response* response, const std::string& name, const std::string& value) {
  if (MHD_add_response_header(response, name.c_str(), value.c_str()) != MHD_YES) {
    throw std::system_error(EINVAL, std::generic_category(), "http header '" + name + "'");
  }
}

std::string text(const char* bytes, std::size_t size) {
  return bytes == nullptr ? std::string() : std::string(bytes, size);
}

// Called from C, hence noexcept: std::bad_alloc, their only exception, terminates.
MHD_Result collect_query(void* request, MHD_ValueKind /*kind*/, const char* key,
                         std::size_t key_size, const char* value, std::size_t value_size) noexcept {
  static_cast<Request*>(request)->query.emplace(text(key, key_size), text(value, value_size));
  return MHD_YES;
}

MHD_Result collect_header(void* request, MHD_ValueKind /*kind*/, const char* key,
                          std::size_t key_size, const char* value,
                          std::size_t value_size) noexcept {
  static_cast<Request*>(request)->headers.emplace_back(text(key, key_size),
                                                       text(value, value_size));
  return MHD_YES;
}
}  // namespace

LibraryResponse to_library(const Response& response, Encoding encoding) {
  const bool is_zipped = encoding == Encoding::gzip && response.body;
  auto out = with_body(is_zipped ? std::make_shared<const std::string>(gzip(*response.body))
                                 : response.body);
  if (is_zipped) {
    add_header(out.get(), "Content-Encoding", "gzip");
  }
  if (response.compression != Compression::never) {
    add_header(out.get(), "Vary", "Accept-Encoding");
  }
  if (!response.content_type.empty()) {
    add_header(out.get(), "Content-Type", response.content_type);
  }
  Headers headers = response.headers;
  add_missing(headers, {{"X-Content-Type-Options", "nosniff"}, {"Cache-Control", "no-store"}});
  for (const auto& [name, value] : headers) {
    add_header(out.get(), name, value);
  }
  return out;
}

Request from_library(MHD_Connection* connection, const char* path, const char* method,
                     const Peer& peer) {
  Request out{.method = method, .path = path, .query = {}, .headers = {}, .peer = peer};
  MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, collect_query, &out);
  MHD_get_connection_values_n(connection, MHD_HEADER_KIND, collect_header, &out);
  return out;
}

std::string log_text(const char* format, va_list arguments) {
  std::array<char, 512> buffer{};
  (void)std::vsnprintf(buffer.data(), buffer.size(), format, arguments);  // truncated if longer
  std::string out(buffer.data());
  const auto says = [&out](const char* part) { return out.find(part) != std::string::npos; };
  if (says("TCP_NODELAY") || says("TCP_CORK") || says("Failed to push the data")) {
    return {};
  }
  while (out.ends_with('\n')) {
    out.pop_back();
  }
  return out;
}

int no_certificate(gnutls_session_t /*session*/, const gnutls_datum_t* /*authorities*/,
                   int /*count*/, const gnutls_pk_algorithm_t* /*algorithms*/,
                   int /*algorithm_count*/, gnutls_pcert_st** /*chain*/, unsigned* /*chain_length*/,
                   gnutls_privkey_t* /*key*/) {
  return -1;
}
}  // namespace checklist::http
