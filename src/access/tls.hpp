// SPDX-License-Identifier: MIT
// A TLS server's certificate, key and rules, for GnuTLS.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <gnutls/gnutls.h>

#include "access/tls_settings.hpp"

namespace checklist::access {
// The settings cannot be used.
class TlsRefused : public std::runtime_error {
 public:
  enum class Part { certificate, key, client_ca, versions };

  TlsRefused(Part where, const std::string& what) : std::runtime_error(what), part(where) {}

  Part part;
};

class Tls {
 public:
  // Throws TlsRefused.
  explicit Tls(const TlsSettings& settings);
  Tls(const Tls&) = delete;
  Tls& operator=(const Tls&) = delete;
  Tls(Tls&&) = delete;
  Tls& operator=(Tls&&) = delete;
  ~Tls();

  // Must be called before the handshake, and must outlive the session.
  void apply(gnutls_session_t session) const;

 private:
  struct FreeCredentials {
    void operator()(gnutls_certificate_credentials_st* credentials) const {
      gnutls_certificate_free_credentials(credentials);
    }
  };

  struct FreePriority {
    void operator()(gnutls_priority_st* priority) const { gnutls_priority_deinit(priority); }
  };

  using Credentials = std::unique_ptr<gnutls_certificate_credentials_st, FreeCredentials>;
  using Priority = std::unique_ptr<gnutls_priority_st, FreePriority>;

  // Callbacks of GnuTLS during a handshake; both return an error code.
  static int on_client_hello(gnutls_session_t session) noexcept;
  static int on_client_certificate(gnutls_session_t session) noexcept;

  static Priority make_priority(const std::string& text);
  // Returns the object that was applied to the session.
  static const Tls* of(gnutls_session_t session);

  [[nodiscard]] bool accepts_client(gnutls_session_t session) const;

  ClientAuth client_auth_;
  std::optional<std::vector<std::string>> client_allowed_sans_;
  Credentials credentials_;
  Priority all_versions_;
  Priority up_to_tls12_;  // null: TLS 1.3 only
};
}  // namespace checklist::access
