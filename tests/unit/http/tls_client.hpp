// SPDX-License-Identifier: MIT
// A client that speaks TLS, on the same loop as the server.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "http/client.hpp"
#include "support/certificates.hpp"

namespace checklist::http {
struct TlsOptions {
  std::string authority = {};                      // PEM; empty: any certificate will do
  std::optional<testing::Identity> identity = {};  // what it presents
  std::string priority = "NORMAL";
};

class TlsClient {
 public:
  TlsClient(event::Loop& loop, const Endpoint& address, const TlsOptions& options = {})
      : fd_(Client::connected(address)) {
    gnutls_certificate_credentials_t credentials = nullptr;
    testing::must(gnutls_certificate_allocate_credentials(&credentials));
    credentials_.reset(credentials);
    if (!options.authority.empty()) {
      const auto pem = datum(options.authority);
      testing::must(gnutls_certificate_set_x509_trust_mem(credentials, &pem, GNUTLS_X509_FMT_PEM));
    }
    if (options.identity) {
      const auto certificate = datum(options.identity->certificate);
      const auto key = datum(options.identity->key);
      testing::must(gnutls_certificate_set_x509_key_mem(credentials, &certificate, &key,
                                                        GNUTLS_X509_FMT_PEM));
    }
    gnutls_session_t session = nullptr;
    testing::must(gnutls_init(
        &session, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL | GNUTLS_FORCE_CLIENT_CERT));
    session_.reset(session);
    testing::must(gnutls_priority_set_direct(session, options.priority.c_str(), nullptr));
    testing::must(gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, credentials));
    if (!options.authority.empty()) {
      gnutls_session_set_verify_cert(session, nullptr, 0);
    }
    (void)fcntl(fd_.get(), F_SETFL, O_NONBLOCK);
    gnutls_transport_set_int(session, fd_.get());
    readable_ = loop.borrowed_io(fd_.get(), EPOLLIN, [this](std::uint32_t) { proceed(); });
    proceed();
  }

  void send(const std::string& text) {
    to_send_ += text;
    proceed();
  }

  void get(const std::string& target, const std::string& headers = "") {
    send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
  }

  [[nodiscard]] std::optional<Answer> answer(bool has_body = true) {
    return take_answer(received_, has_body);
  }

  [[nodiscard]] bool closed() const { return closed_; }

  [[nodiscard]] bool is_connected() const { return is_connected_; }

  [[nodiscard]] std::string version() const {
    return gnutls_protocol_get_name(gnutls_protocol_get_version(session_.get()));
  }

  [[nodiscard]] std::string cipher() const {
    return gnutls_cipher_get_name(gnutls_cipher_get(session_.get()));
  }

  // The server's certificate, DER.
  [[nodiscard]] std::string peer() const {
    unsigned count = 0;
    const auto* chain = gnutls_certificate_get_peers(session_.get(), &count);
    return chain == nullptr ? "" : std::string(chain->data, chain->data + chain->size);
  }

 private:
  struct Free {
    void operator()(gnutls_session_int* session) const { gnutls_deinit(session); }

    void operator()(gnutls_certificate_credentials_st* credentials) const {
      gnutls_certificate_free_credentials(credentials);
    }
  };

  static gnutls_datum_t datum(const std::string& text) {
    auto* bytes = const_cast<char*>(text.data());
    return {reinterpret_cast<unsigned char*>(bytes), static_cast<unsigned>(text.size())};
  }

  void close() {
    closed_ = true;
    readable_ = {};
  }

  void proceed() {
    if (closed_) {
      return;
    }
    if (!is_connected_) {
      const int result = gnutls_handshake(session_.get());
      if (result < 0) {
        if (gnutls_error_is_fatal(result) != 0) {
          close();
        }
        return;
      }
      is_connected_ = true;
    }
    if (!to_send_.empty()) {
      const auto size = gnutls_record_send(session_.get(), to_send_.data(), to_send_.size());
      if (size < 0) {
        close();
        return;
      }
      to_send_.erase(0, static_cast<std::size_t>(size));
    }
    read();
  }

  void read() {
    std::array<char, 16384> buffer{};
    for (;;) {
      const auto size = gnutls_record_recv(session_.get(), buffer.data(), buffer.size());
      if (size > 0) {
        received_.append(buffer.data(), static_cast<std::size_t>(size));
      } else if (size == 0 || gnutls_error_is_fatal(static_cast<int>(size)) != 0) {
        close();
        return;
      } else {
        return;
      }
    }
  }

  event::Fd fd_;
  std::unique_ptr<gnutls_certificate_credentials_st, Free> credentials_;
  std::unique_ptr<gnutls_session_int, Free> session_;
  std::string to_send_;
  std::string received_;
  bool is_connected_ = false;
  bool closed_ = false;
  event::Source readable_;
};
}  // namespace checklist::http
