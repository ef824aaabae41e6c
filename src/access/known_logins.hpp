// SPDX-License-Identifier: MIT
// Remembers logins that were right, so that a scrape does not pay for bcrypt each time. Neither
// passwords nor plain digests of them are kept: the key is random and this process's own.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

#include "access/login.hpp"

namespace checklist::access {
class KnownLogins {
 public:
  KnownLogins();

  [[nodiscard]] bool contains(const Login& login, const std::string& hash) const;
  void add(const Login& login, const std::string& hash);

 private:
  static constexpr std::size_t digest_size = 32;
  using Digest = std::array<std::uint8_t, digest_size>;

  [[nodiscard]] Digest digest(const Login& login, const std::string& hash) const;

  Digest key_{};
  std::set<Digest> digests_;
};
}  // namespace checklist::access
