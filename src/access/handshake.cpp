// SPDX-License-Identifier: MIT
// The part of Tls that runs during handshakes.
#include <algorithm>
#include <span>

#include <gnutls/x509.h>

#include "access/client_names.hpp"
#include "access/tls.hpp"

namespace checklist::access {
namespace {
bool verifies(ClientAuth auth) {
  return auth == ClientAuth::VerifyClientCertIfGiven ||
         auth == ClientAuth::RequireAndVerifyClientCert;
}

bool requires_certificate(ClientAuth auth) {
  return auth == ClientAuth::RequireAnyClientCert || auth == ClientAuth::RequireAndVerifyClientCert;
}

// Returns whether the client's certificate leads to a CA and may be used by a client.
bool is_trusted(gnutls_session_t session) {
  std::basic_string<unsigned char> purpose;
  for (const char c : std::string_view(GNUTLS_KP_TLS_WWW_CLIENT)) {
    purpose += static_cast<unsigned char>(c);
  }
  gnutls_typed_vdata_st wanted{};
  wanted.type = GNUTLS_DT_KEY_PURPOSE_OID;
  wanted.data = purpose.data();  // ends with a null byte
  unsigned status = 0;
  return gnutls_certificate_verify_peers(session, &wanted, 1, &status) == GNUTLS_E_SUCCESS &&
         status == 0;
}

}  // namespace

void Tls::apply(gnutls_session_t session) const {
  (void)gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, credentials_.get());
  (void)gnutls_priority_set(session, all_versions_.get());
  const bool asks = client_auth_ != ClientAuth::NoClientCert;
  gnutls_certificate_server_set_request(session, asks ? GNUTLS_CERT_REQUEST : GNUTLS_CERT_IGNORE);
  gnutls_handshake_set_post_client_hello_function(session, &on_client_hello);
}

// The version is agreed on, the cipher suite is not.
int Tls::on_client_hello(gnutls_session_t session) noexcept {
  const Tls* self = of(session);
  if (self == nullptr) {
    return GNUTLS_E_INTERNAL_ERROR;
  }
  const bool is_13 = gnutls_protocol_get_version(session) == GNUTLS_TLS1_3;
  return is_13 || !self->up_to_tls12_ ? GNUTLS_E_SUCCESS
                                      : gnutls_priority_set(session, self->up_to_tls12_.get());
}

int Tls::on_client_certificate(gnutls_session_t session) noexcept {
  const Tls* self = of(session);
  if (self != nullptr && self->accepts_client(session)) {
    return GNUTLS_E_SUCCESS;
  }
  (void)gnutls_alert_send(session, GNUTLS_AL_FATAL, GNUTLS_A_BAD_CERTIFICATE);
  return GNUTLS_E_CERTIFICATE_ERROR;
}

bool Tls::accepts_client(gnutls_session_t session) const {
  unsigned count = 0;
  const gnutls_datum_t* chain = gnutls_certificate_get_peers(session, &count);
  if (chain == nullptr || count == 0) {
    return !requires_certificate(client_auth_);
  }
  if (verifies(client_auth_) && !is_trusted(session)) {
    return false;
  }
  if (!client_allowed_sans_) {
    return true;
  }
  const std::vector<std::string> names = alternative_names(*chain);
  return std::any_of(names.begin(), names.end(), [this](const std::string& name) {
    return std::find(client_allowed_sans_->begin(), client_allowed_sans_->end(), name) !=
           client_allowed_sans_->end();
  });
}
}  // namespace checklist::access
