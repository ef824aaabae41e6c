// SPDX-License-Identifier: MIT
// What protects the TCP addresses of a server. Unix sockets have file permissions.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "checklist/time.hpp"

#include "access/tls.hpp"
#include "http/message.hpp"

namespace checklist::http {
// A token bucket over all requests.
struct RateLimit {
  Duration interval{};  // between two requests; 0: no limit
  std::int64_t burst = 0;
  bool operator==(const RateLimit&) const = default;
};

struct Protection {
  std::shared_ptr<const access::Tls> tls = nullptr;  // null: without TLS
  Headers headers = {};                              // of every response that has none such
  std::map<std::string, std::string, std::less<>> users =
      {};  // bcrypt hashes by name; none: everyone
  RateLimit rate_limit = {};
};
}  // namespace checklist::http
