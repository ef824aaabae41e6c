// SPDX-License-Identifier: MIT
// How a TLS server behaves, as values.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace checklist::access {
// What a client must present. The names are those of Go's crypto/tls, which the web config file
// uses: RequestClientCert and RequireAnyClientCert do not verify the certificate.
enum class ClientAuth {
  NoClientCert,
  RequestClientCert,
  RequireAnyClientCert,
  VerifyClientCertIfGiven,
  RequireAndVerifyClientCert
};

enum class TlsVersion { TLS10, TLS11, TLS12, TLS13 };

struct TlsSettings {
  std::string certificate = {};  // PEM: the server's, then those that lead to its CA
  std::string key = {};          // PEM
  std::string client_ca = {};    // PEM; empty: the system's
  ClientAuth client_auth = ClientAuth::NoClientCert;
  // Of a client's certificate, one alternative name must be among these.
  std::optional<std::vector<std::string>> client_allowed_sans = {};
  TlsVersion min_version = TlsVersion::TLS12;
  TlsVersion max_version = TlsVersion::TLS13;
  std::vector<std::string> cipher_suites =
      {};                                // up to TLS 1.2; IANA's names; empty: all that are known
  std::vector<std::string> curves = {};  // names of Go's crypto/tls; empty: GnuTLS's choice
  bool prefer_server_order = true;
};
}  // namespace checklist::access
