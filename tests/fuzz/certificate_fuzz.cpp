// SPDX-License-Identifier: MIT
// X.509 certificates: when a server's expires, and the names in a client's.
#include "access/client_names.hpp"
#include "fuzz/fuzz.hpp"
#include "parse/certificate.hpp"

namespace checklist::fuzz {
const std::size_t longest = 1U << 16U;

void run(std::string_view input) {
  (void)parse::certificate_expiry(input);
  std::string der(input);
  const gnutls_datum_t datum{.data = reinterpret_cast<unsigned char*>(der.data()),
                             .size = static_cast<unsigned>(der.size())};
  require(access::alternative_names(datum).size() <= input.size(),
          "names are parts of a certificate");
}
}  // namespace checklist::fuzz
