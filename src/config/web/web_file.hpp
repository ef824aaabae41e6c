// SPDX-License-Identifier: MIT
// The web config file of Prometheus's exporter-toolkit: TLS, headers, users, rate limit. It is
// judged as `promtool check web-config` does, but with every error and its place.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "access/tls_settings.hpp"
#include "config/configuration.hpp"

namespace checklist::config {
struct RateLimit {
  std::chrono::nanoseconds interval{0};  // between two requests; 0 or less: no limit
  std::int64_t burst = 0;
  bool operator==(const RateLimit&) const = default;
};

struct WebConfig {
  std::optional<access::TlsSettings> tls;
  std::vector<std::pair<std::string, std::string>> headers;
  std::map<std::string, std::string, std::less<>> users;  // bcrypt hashes by name
  RateLimit rate_limit;
  std::vector<std::string>
      files;  // that were read, the web config file first; none if there is none
};

// Reads the file and all that it names. If there are problems, the result must not be used.
[[nodiscard]] WebConfig load_web(const std::string& path, std::vector<Problem>& problems);

// Reads the web config file that the configuration names, if any. Adds the problems to its own.
[[nodiscard]] WebConfig load_web_of(Loaded& loaded);
}  // namespace checklist::config
