// SPDX-License-Identifier: MIT
#include "access/known_logins.hpp"

#include <stdexcept>

#include <gnutls/crypto.h>

namespace checklist::access {
namespace {
constexpr std::size_t most = 100;

void must(int error) {
  if (error < 0) {
    throw std::runtime_error(std::string("GnuTLS: ") + gnutls_strerror(error));
  }
}

// Unambiguous for any bytes.
void append(std::string& to, const std::string& part) {
  to += std::to_string(part.size()) + ":" + part;
}
}  // namespace

KnownLogins::KnownLogins() {
  must(gnutls_rnd(GNUTLS_RND_KEY, key_.data(), key_.size()));
}

bool KnownLogins::contains(const Login& login, const std::string& hash) const {
  return digests_.contains(digest(login, hash));
}

void KnownLogins::add(const Login& login, const std::string& hash) {
  if (digests_.size() >= most) {
    digests_.clear();  // bcrypt ignores what exceeds 72 bytes, so a user may have many passwords
  }
  digests_.insert(digest(login, hash));
}

KnownLogins::Digest KnownLogins::digest(const Login& login, const std::string& hash) const {
  std::string text;
  append(text, login.user);
  append(text, hash);
  append(text, login.password);
  Digest out{};
  must(gnutls_hmac_fast(GNUTLS_MAC_SHA256, key_.data(), key_.size(), text.data(), text.size(),
                        out.data()));
  return out;
}
}  // namespace checklist::access
