// SPDX-License-Identifier: MIT
// Versions, cipher suites and curves as GnuTLS spells them (gnutls_priority_init(3)).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "access/tls_settings.hpp"

namespace checklist::access {
[[nodiscard]] bool is_cipher_suite(std::string_view name);
[[nodiscard]] bool is_curve(std::string_view name);

// Which key exchange the server's key allows up to TLS 1.2.
enum class KeyKind { rsa, ecdsa };

// GnuTLS permits a cipher for all versions at once; in a web config file, as in Go, a cipher suite
// is permitted up to TLS 1.2 only. Hence one priority to agree on a version, and another to choose
// the cipher suite up to TLS 1.2.
struct Priorities {
  std::string all_versions;  // empty: there is nothing left to agree on
  std::string up_to_tls12;   // empty: TLS 1.3 only
};

[[nodiscard]] Priorities priorities(const TlsSettings& settings, KeyKind key);
}  // namespace checklist::access
