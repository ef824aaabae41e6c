// SPDX-License-Identifier: MIT
#include "access/tls.hpp"

#include <map>
#include <span>

#include <gnutls/x509.h>

#include "access/priorities.hpp"

namespace checklist::access {
namespace {
using Part = TlsRefused::Part;

gnutls_datum_t datum(const std::string& text) {
  // GnuTLS only reads.
  auto* bytes = const_cast<char*>(text.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  return {reinterpret_cast<unsigned char*>(bytes), static_cast<unsigned>(text.size())};
}

class Chain {
 public:
  explicit Chain(const std::string& pem) {
    const gnutls_datum_t text = datum(pem);
    if (gnutls_x509_crt_list_import2(&list_, &size_, &text, GNUTLS_X509_FMT_PEM, 0) < 0) {
      size_ = 0;
    }
  }

  Chain(const Chain&) = delete;
  Chain& operator=(const Chain&) = delete;
  Chain(Chain&&) = delete;
  Chain& operator=(Chain&&) = delete;

  ~Chain() {
    for (gnutls_x509_crt_t each : certificates()) {
      gnutls_x509_crt_deinit(each);
    }
    gnutls_free(list_);
  }

  [[nodiscard]] std::span<gnutls_x509_crt_t> certificates() const { return {list_, size_}; }

 private:
  gnutls_x509_crt_t* list_ = nullptr;
  unsigned size_ = 0;
};

KeyKind kind_of_key(const Chain& chain) {
  if (chain.certificates().empty()) {
    throw TlsRefused(Part::certificate, "expected a certificate in PEM");
  }
  const int kind = gnutls_x509_crt_get_pk_algorithm(chain.certificates().front(), nullptr);
  const bool is_rsa = kind == GNUTLS_PK_RSA || kind == GNUTLS_PK_RSA_PSS;
  return is_rsa ? KeyKind::rsa : KeyKind::ecdsa;
}

void load_key(gnutls_certificate_credentials_st& credentials, const TlsSettings& settings) {
  const gnutls_datum_t certificate = datum(settings.certificate);
  const gnutls_datum_t key = datum(settings.key);
  const int error = gnutls_certificate_set_x509_key_mem2(&credentials, &certificate, &key,
                                                         GNUTLS_X509_FMT_PEM, nullptr, 0);
  if (error == GNUTLS_E_CERTIFICATE_KEY_MISMATCH) {
    throw TlsRefused(Part::key, "expected the key of the certificate, found another");
  }
  if (error < 0) {
    throw TlsRefused(Part::key, std::string("expected a private key in PEM without a password (") +
                                    gnutls_strerror(error) + ")");
  }
}

void load_client_ca(gnutls_certificate_credentials_st& credentials, const std::string& pem) {
  if (pem.empty()) {
    (void)gnutls_certificate_set_x509_system_trust(&credentials);
    return;
  }
  const gnutls_datum_t text = datum(pem);
  if (gnutls_certificate_set_x509_trust_mem(&credentials, &text, GNUTLS_X509_FMT_PEM) <= 0) {
    throw TlsRefused(Part::client_ca, "expected a certificate in PEM");
  }
}

using Applied = std::map<const void*, const Tls*>;

// GnuTLS passes no pointer to its callbacks, and libmicrohttpd uses the session's own.
Applied& applied() {
  static Applied by_credentials;
  return by_credentials;
}
}  // namespace

Tls::Tls(const TlsSettings& settings)
    : client_auth_(settings.client_auth), client_allowed_sans_(settings.client_allowed_sans) {
  const KeyKind key = kind_of_key(Chain(settings.certificate));
  gnutls_certificate_credentials_t raw = nullptr;
  if (gnutls_certificate_allocate_credentials(&raw) != GNUTLS_E_SUCCESS) {
    throw std::bad_alloc();
  }
  credentials_.reset(raw);
  load_key(*raw, settings);
  if (settings.client_auth != ClientAuth::NoClientCert) {
    load_client_ca(*raw, settings.client_ca);
  }
  const Priorities texts = priorities(settings, key);
  if (texts.all_versions.empty()) {
    throw TlsRefused(Part::versions,
                     "min_version, max_version and cipher_suites leave no version of TLS");
  }
  all_versions_ = make_priority(texts.all_versions);
  up_to_tls12_ = make_priority(texts.up_to_tls12);
  gnutls_certificate_set_verify_function(raw, &on_client_certificate);
  applied()[raw] = this;
}

Tls::~Tls() {
  applied().erase(credentials_.get());
}

const Tls* Tls::of(gnutls_session_t session) {
  void* credentials = nullptr;
  (void)gnutls_credentials_get(session, GNUTLS_CRD_CERTIFICATE, &credentials);
  const auto at = applied().find(credentials);
  return at == applied().end() ? nullptr : at->second;
}

Tls::Priority Tls::make_priority(const std::string& text) {
  gnutls_priority_t raw = nullptr;
  if (!text.empty() && gnutls_priority_init(&raw, text.c_str(), nullptr) != GNUTLS_E_SUCCESS) {
    throw TlsRefused(Part::versions,
                     "GnuTLS offers nothing of min_version, max_version, cipher_suites and "
                     "curve_preferences on this system");
  }
  return Priority(raw);
}
}  // namespace checklist::access
