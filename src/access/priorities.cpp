// SPDX-License-Identifier: MIT
#include "access/priorities.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace checklist::access {
namespace {
struct Suite {
  std::string_view name;
  std::optional<KeyKind> key;  // none: of TLS 1.3, which needs no permission
  std::string_view cipher;
  std::string_view mac;
};

constexpr std::array suites{
    Suite{"TLS_AES_128_GCM_SHA256", {}, "AES-128-GCM", "AEAD"},
    Suite{"TLS_AES_256_GCM_SHA384", {}, "AES-256-GCM", "AEAD"},
    Suite{"TLS_CHACHA20_POLY1305_SHA256", {}, "CHACHA20-POLY1305", "AEAD"},
    Suite{"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", KeyKind::ecdsa, "AES-128-GCM", "AEAD"},
    Suite{"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", KeyKind::rsa, "AES-128-GCM", "AEAD"},
    Suite{"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", KeyKind::ecdsa, "AES-256-GCM", "AEAD"},
    Suite{"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", KeyKind::rsa, "AES-256-GCM", "AEAD"},
    Suite{"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", KeyKind::ecdsa, "CHACHA20-POLY1305",
          "AEAD"},
    Suite{"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", KeyKind::rsa, "CHACHA20-POLY1305", "AEAD"},
    Suite{"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", KeyKind::ecdsa, "AES-128-CBC", "SHA1"},
    Suite{"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", KeyKind::rsa, "AES-128-CBC", "SHA1"},
    Suite{"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", KeyKind::ecdsa, "AES-256-CBC", "SHA1"},
    Suite{"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", KeyKind::rsa, "AES-256-CBC", "SHA1"}};

struct Curve {
  std::string_view name;
  std::string_view group;
};

constexpr std::array curves{Curve{"CurveP256", "SECP256R1"}, Curve{"CurveP384", "SECP384R1"},
                            Curve{"CurveP521", "SECP521R1"}, Curve{"X25519", "X25519"}};

template <class Table>
const typename Table::value_type* named(const Table& table, std::string_view name) {
  const auto* at = std::find_if(table.begin(), table.end(),
                                [name](const auto& entry) { return entry.name == name; });
  return at == table.end() ? nullptr : at;
}

std::string versions(TlsVersion from, TlsVersion to) {
  constexpr std::array names{"1.0", "1.1", "1.2", "1.3"};
  std::string out;
  for (auto at = static_cast<int>(to); at >= static_cast<int>(from); --at) {
    out += std::string(":+VERS-TLS") + names.at(static_cast<std::size_t>(at));
  }
  return out;
}

std::string key_exchange(KeyKind key) {
  return key == KeyKind::rsa ? ":-KX-ALL:+ECDHE-RSA" : ":-KX-ALL:+ECDHE-ECDSA";
}

std::string groups(const TlsSettings& settings) {
  std::string out = settings.curves.empty() ? "" : ":-GROUP-ALL";
  for (const std::string& name : settings.curves) {
    if (const Curve* curve = named(curves, name)) {
      out += ":+GROUP-" + std::string(curve->group);
    }
  }
  return out;
}

// Returns the suites for the key, in the order of the settings.
std::vector<const Suite*> usable(const TlsSettings& settings, KeyKind key) {
  std::vector<const Suite*> out;
  const auto add = [&](const Suite* suite) {
    if (suite != nullptr && suite->key == key) {
      out.push_back(suite);
    }
  };
  for (const std::string& name : settings.cipher_suites) {
    add(named(suites, name));
  }
  if (settings.cipher_suites.empty()) {
    std::for_each(suites.begin(), suites.end(), [&](const Suite& suite) { add(&suite); });
  }
  return out;
}
}  // namespace

bool is_cipher_suite(std::string_view name) {
  return named(suites, name) != nullptr;
}

bool is_curve(std::string_view name) {
  return named(curves, name) != nullptr;
}

Priorities priorities(const TlsSettings& settings, KeyKind key) {
  std::string permitted;
  for (const Suite* suite : usable(settings, key)) {
    permitted += ":+" + std::string(suite->cipher) + ":+" + std::string(suite->mac);
  }
  const bool has_13 = settings.max_version == TlsVersion::TLS13;
  const bool has_12 = settings.min_version <= std::min(settings.max_version, TlsVersion::TLS12) &&
                      !permitted.empty();
  if (!has_13 && !has_12) {
    return {};
  }
  const std::string base =
      "NORMAL:-VERS-ALL" +
      versions(has_12 ? settings.min_version : TlsVersion::TLS13, settings.max_version) +
      key_exchange(key) + groups(settings) +
      (settings.prefer_server_order ? ":%SERVER_PRECEDENCE" : "") + ":-CIPHER-ALL:-MAC-ALL";
  const std::string of_13 = has_13 ? ":+AES-128-GCM:+AES-256-GCM:+CHACHA20-POLY1305:+AEAD" : "";
  return {.all_versions = base + of_13 + (has_12 ? permitted : ""),
          .up_to_tls12 = has_12 ? base + permitted : ""};
}
}  // namespace checklist::access
