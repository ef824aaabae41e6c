// SPDX-License-Identifier: MIT
// Keys and certificates, made when a test runs.
#pragma once
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <gnutls/abstract.h>
#include <gnutls/x509.h>

namespace checklist::testing {
inline void must(int error) {
  if (error < 0) {
    throw std::runtime_error(gnutls_strerror(error));
  }
}

// A certificate and its key, as PEM.
struct Identity {
  std::string certificate;
  std::string key;
};

struct Request {
  std::vector<std::string> dns_names = {};
  std::vector<std::string> uris = {};
  const char* purpose = nullptr;  // an OID; none: any
  gnutls_pk_algorithm_t algorithm = GNUTLS_PK_ECDSA;
};

class Authority {
 public:
  explicit Authority(const std::string& name = "test") : key_(new_key(GNUTLS_PK_ECDSA)) {
    certificate_ = new_certificate(name, key_.get());
    must(gnutls_x509_crt_set_basic_constraints(certificate_.get(), 1, -1));
    must(gnutls_x509_crt_set_key_usage(certificate_.get(), GNUTLS_KEY_KEY_CERT_SIGN));
    sign(certificate_.get());
  }

  [[nodiscard]] std::string certificate() const { return pem(certificate_.get()); }

  [[nodiscard]] Identity issue(const Request& request = {}) const {
    const Key key = new_key(request.algorithm);
    const Certificate out = new_certificate("leaf", key.get());
    for (const std::string& name : request.dns_names) {
      add_name(out.get(), GNUTLS_SAN_DNSNAME, name);
    }
    for (const std::string& uri : request.uris) {
      add_name(out.get(), GNUTLS_SAN_URI, uri);
    }
    const unsigned char loopback[] = {127, 0, 0, 1};
    must(gnutls_x509_crt_set_subject_alt_name(out.get(), GNUTLS_SAN_IPADDRESS, loopback,
                                              sizeof loopback, GNUTLS_FSAN_APPEND));
    if (request.purpose != nullptr) {
      must(gnutls_x509_crt_set_key_purpose_oid(out.get(), request.purpose, 0));
    }
    sign(out.get());
    gnutls_datum_t text{};
    must(gnutls_x509_privkey_export2(key.get(), GNUTLS_X509_FMT_PEM, &text));
    return {pem(out.get()), take(text)};
  }

 private:
  struct Free {
    void operator()(gnutls_x509_privkey_int* key) const { gnutls_x509_privkey_deinit(key); }

    void operator()(gnutls_x509_crt_int* certificate) const { gnutls_x509_crt_deinit(certificate); }
  };

  using Key = std::unique_ptr<gnutls_x509_privkey_int, Free>;
  using Certificate = std::unique_ptr<gnutls_x509_crt_int, Free>;

  static Key new_key(gnutls_pk_algorithm_t algorithm) {
    gnutls_x509_privkey_t raw = nullptr;
    must(gnutls_x509_privkey_init(&raw));
    Key out(raw);
    const unsigned bits =
        algorithm == GNUTLS_PK_ECDSA ? GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1) : 2048;
    must(gnutls_x509_privkey_generate(raw, algorithm, bits, 0));
    return out;
  }

  static Certificate new_certificate(const std::string& name, gnutls_x509_privkey_t key) {
    gnutls_x509_crt_t raw = nullptr;
    must(gnutls_x509_crt_init(&raw));
    Certificate out(raw);
    const std::time_t now = std::time(nullptr);
    const auto serial = static_cast<unsigned char>(++last_serial);
    must(gnutls_x509_crt_set_version(raw, 3));
    must(gnutls_x509_crt_set_serial(raw, &serial, 1));
    must(gnutls_x509_crt_set_dn(raw, ("CN=" + name).c_str(), nullptr));
    must(gnutls_x509_crt_set_activation_time(raw, now - 60));
    must(gnutls_x509_crt_set_expiration_time(raw, now + 3600));
    must(gnutls_x509_crt_set_key(raw, key));
    return out;
  }

  static void add_name(gnutls_x509_crt_t to, gnutls_x509_subject_alt_name_t kind,
                       const std::string& name) {
    must(gnutls_x509_crt_set_subject_alt_name(
        to, kind, name.data(), static_cast<unsigned>(name.size()), GNUTLS_FSAN_APPEND));
  }

  void sign(gnutls_x509_crt_t certificate) const {
    must(gnutls_x509_crt_sign2(certificate, certificate_.get(), key_.get(), GNUTLS_DIG_SHA256, 0));
  }

  static std::string pem(gnutls_x509_crt_t certificate) {
    gnutls_datum_t text{};
    must(gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &text));
    return take(text);
  }

  static std::string take(gnutls_datum_t text) {
    std::string out(text.data, text.data + text.size);
    gnutls_free(text.data);
    return out;
  }

  static inline int last_serial = 0;

  Key key_;
  Certificate certificate_;
};
}  // namespace checklist::testing
