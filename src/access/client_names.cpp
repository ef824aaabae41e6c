// SPDX-License-Identifier: MIT
#include "access/client_names.hpp"

#include <array>
#include <memory>
#include <optional>

#include <arpa/inet.h>
#include <sys/socket.h>

namespace checklist::access {
namespace {
struct FreeCertificate {
  void operator()(gnutls_x509_crt_int* certificate) const { gnutls_x509_crt_deinit(certificate); }
};

using Certificate = std::unique_ptr<gnutls_x509_crt_int, FreeCertificate>;

constexpr std::size_t longest_name = 2048;

Certificate parse(const gnutls_datum_t& der) {
  gnutls_x509_crt_t raw = nullptr;
  if (gnutls_x509_crt_init(&raw) != GNUTLS_E_SUCCESS) {
    return nullptr;
  }
  Certificate out(raw);
  return gnutls_x509_crt_import(raw, &der, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS ? std::move(out)
                                                                                    : nullptr;
}

// `bytes` is a network address: four bytes or sixteen.
std::optional<std::string> address_text(const std::string& bytes) {
  constexpr std::size_t v4 = 4;
  constexpr std::size_t v6 = 16;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (bytes.size() != v4 && bytes.size() != v6) {
    return std::nullopt;
  }
  const int family = bytes.size() == v4 ? AF_INET : AF_INET6;
  return inet_ntop(family, bytes.data(), text.data(), text.size());
}
}  // namespace

std::vector<std::string> alternative_names(const gnutls_datum_t& der) {
  std::vector<std::string> out;
  const Certificate certificate = parse(der);
  for (unsigned i = 0; certificate; ++i) {
    std::string name(longest_name, '\0');
    std::size_t size = name.size();
    const int kind =
        gnutls_x509_crt_get_subject_alt_name(certificate.get(), i, name.data(), &size, nullptr);
    if (kind == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) {
      break;
    }
    name.resize(kind < 0 ? 0 : size);
    if (kind == GNUTLS_SAN_DNSNAME || kind == GNUTLS_SAN_RFC822NAME || kind == GNUTLS_SAN_URI) {
      out.push_back(std::move(name));
    } else if (kind == GNUTLS_SAN_IPADDRESS) {
      if (auto address = address_text(name)) {
        out.push_back(std::move(*address));
      }
    } else if (kind < 0 && kind != GNUTLS_E_SHORT_MEMORY_BUFFER) {
      break;
    }
  }
  return out;
}
}  // namespace checklist::access
