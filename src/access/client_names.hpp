// SPDX-License-Identifier: MIT
// The alternative names of a certificate.
#pragma once
#include <string>
#include <vector>

#include <gnutls/x509.h>

namespace checklist::access {
// Returns DNS names, e-mail addresses, IP addresses and URIs, as text; none if the certificate
// cannot be parsed.
[[nodiscard]] std::vector<std::string> alternative_names(const gnutls_datum_t& der);
}  // namespace checklist::access
