// SPDX-License-Identifier: MIT
#include "access/priorities.hpp"

#include <gmock/gmock.h>
#include <gnutls/gnutls.h>

namespace checklist::access {
namespace {
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

bool is_understood(const std::string& text) {
  gnutls_priority_t out = nullptr;
  const bool understood = gnutls_priority_init(&out, text.c_str(), nullptr) == GNUTLS_E_SUCCESS;
  if (understood) {
    gnutls_priority_deinit(out);
  }
  return understood;
}

TEST(Priorities, AreUnderstoodByGnutls) {
  for (const KeyKind key : {KeyKind::rsa, KeyKind::ecdsa}) {
    const Priorities usual = priorities({}, key);
    EXPECT_TRUE(is_understood(usual.all_versions)) << usual.all_versions;
    EXPECT_TRUE(is_understood(usual.up_to_tls12)) << usual.up_to_tls12;
    const Priorities curves =
        priorities({.curves = {"CurveP521", "CurveP384", "CurveP256", "X25519"}}, key);
    EXPECT_TRUE(is_understood(curves.all_versions)) << curves.all_versions;
  }
}

TEST(Priorities, HoldTheVersions) {
  const auto only = [](TlsVersion from, TlsVersion to) {
    return priorities({.min_version = from, .max_version = to}, KeyKind::rsa);
  };
  EXPECT_THAT(only(TlsVersion::TLS12, TlsVersion::TLS13).all_versions,
              HasSubstr(":+VERS-TLS1.3:+VERS-TLS1.2:"));
  EXPECT_THAT(only(TlsVersion::TLS10, TlsVersion::TLS11).all_versions,
              HasSubstr("-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.0:"));
  EXPECT_THAT(only(TlsVersion::TLS13, TlsVersion::TLS13).up_to_tls12, IsEmpty());
  EXPECT_THAT(only(TlsVersion::TLS13, TlsVersion::TLS12).all_versions, IsEmpty());
}

TEST(Priorities, PermitTheSuitesForTheKey) {
  const TlsSettings settings{.cipher_suites = {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                                               "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"}};
  const std::string rsa = priorities(settings, KeyKind::rsa).up_to_tls12;
  EXPECT_THAT(rsa, HasSubstr("+AES-256-GCM"));
  EXPECT_THAT(rsa, Not(HasSubstr("AES-128-CBC")));
  EXPECT_THAT(priorities(settings, KeyKind::ecdsa).up_to_tls12, HasSubstr("+AES-128-CBC:+SHA1"));
}

TEST(Priorities, LeaveTls13AloneIfNoSuiteFitsTheKey) {
  const TlsSettings settings{.cipher_suites = {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"}};
  const Priorities out = priorities(settings, KeyKind::rsa);
  EXPECT_THAT(out.up_to_tls12, IsEmpty());
  EXPECT_THAT(out.all_versions, Not(HasSubstr("VERS-TLS1.2")));
}

TEST(Priorities, LetTheClientChooseIfTheServerShallNot) {
  EXPECT_THAT(priorities({}, KeyKind::rsa).all_versions, HasSubstr("%SERVER_PRECEDENCE"));
  EXPECT_THAT(priorities({.prefer_server_order = false}, KeyKind::rsa).all_versions,
              Not(HasSubstr("%SERVER_PRECEDENCE")));
}

TEST(Priorities, KnowTheNamesOfGo) {
  EXPECT_TRUE(is_cipher_suite("TLS_AES_128_GCM_SHA256"));
  EXPECT_FALSE(is_cipher_suite("TLS_RSA_WITH_AES_128_CBC_SHA"));
  EXPECT_TRUE(is_curve("X25519"));
  EXPECT_FALSE(is_curve("P256"));
}
}  // namespace
}  // namespace checklist::access
