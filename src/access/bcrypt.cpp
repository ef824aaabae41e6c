// SPDX-License-Identifier: MIT
#include "access/bcrypt.hpp"

#include <charconv>
#include <memory>

#include <crypt.h>
#include <string.h>

namespace checklist::access {
namespace {
// `$2b$10$`, 22 characters of salt, 31 of the hash. The letter is optional.
constexpr std::size_t shortest = 59;
constexpr std::size_t salt_length = 22;
constexpr std::size_t hash_length = 31;

// Returns where the two digits of the cost are.
std::size_t cost_at(std::string_view hash) {
  return hash[2] == '$' ? 3 : 4;
}

struct Wipe {
  void operator()(crypt_data* data) const {
    explicit_bzero(data, sizeof *data);
    std::default_delete<crypt_data>()(data);
  }
};
}  // namespace

std::string bcrypt_problem(std::string_view hash) {
  constexpr int cheapest = 4;
  constexpr int dearest = 31;
  if (hash.size() < shortest || hash.front() != '$' || hash[1] > '2') {
    return "expected a password hashed by bcrypt, such as $2y$10$…";
  }
  int cost = 0;
  const char* start = hash.data() + cost_at(hash);
  const auto [end, error] = std::from_chars(start, start + 2, cost);
  if (error != std::errc{} || end != start + 2 || cost < cheapest || cost > dearest) {
    return "expected a cost of 04 to 31 in the hash";
  }
  return {};
}

bool bcrypt_matches(const std::string& hash, const std::string& password) {
  if (!bcrypt_problem(hash).empty()) {
    return false;
  }
  const std::size_t at = cost_at(hash);
  const std::size_t salt_at = at + 3;
  // Go computes the same for every letter; crypt(5) calls that 2b.
  const std::string setting = "$2b$" + hash.substr(at, 3 + salt_length);
  const std::unique_ptr<crypt_data, Wipe> data(new crypt_data{});
  const char* computed = crypt_rn(password.c_str(), setting.c_str(), data.get(), sizeof *data);
  if (computed == nullptr || password.find('\0') != std::string::npos) {
    return false;
  }
  const std::string_view result(computed);
  return result.size() > hash_length &&
         result.substr(result.size() - hash_length) == hash.substr(salt_at + salt_length);
}
}  // namespace checklist::access
