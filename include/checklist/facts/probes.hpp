// SPDX-License-Identifier: MIT
// A request to a running service and its outcome. The fact holds no response, no header value and
// nothing that was sent.
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checklist/names.hpp"
#include "checklist/time.hpp"

namespace checklist {
// A header's value is a literal, or is read for each probe from $CREDENTIALS_DIRECTORY or a file.
enum class HeaderSource { text, credential, file };
template <>
inline constexpr auto names<HeaderSource> = names_of<HeaderSource>({{HeaderSource::text, "text"},
                                                                    {HeaderSource::credential,
                                                                     "credential"},
                                                                    {HeaderSource::file, "file"}});

struct HeaderValue {
  HeaderSource source = HeaderSource::text;
  std::string text;  // the value, the credential's name, or the file's path
  auto operator<=>(const HeaderValue&) const = default;
};

// An HTTP GET if `url` is set; else a connection that sends `send` and waits for `expect`.
struct ProbeRequest {
  std::string url;                    // http or https
  std::string unix_socket;            // a path or "@name": where to connect, instead of over TCP
  std::string tcp;                    // "127.0.0.1:3310"; empty with either of the above
  std::vector<std::uint16_t> status;  // accepted HTTP status codes
  std::string body;                   // a pattern to find in the body; empty: any body
  std::map<std::string, HeaderValue> headers;  // by name
  std::string ca;      // a PEM file to trust; empty: the system's trust store
  bool verify = true;  // the certificate and its name
  std::string send;
  std::string expect;  // a string that the response contains; empty: no response is awaited
  // NOLINTNEXTLINE(readability-implicit-bool-conversion): clang-tidy 14 sees one where none is
  auto operator<=>(const ProbeRequest&) const = default;
};

struct ProbePace {
  Duration timeout{};
  Duration interval{};
  std::uint64_t failures = 1;  // consecutive failures until the probe counts as failed
  auto operator<=>(const ProbePace&) const = default;
};

enum class ProbeOutcome {
  passed,
  refused,      // connection refused
  unreachable,  // no route to the address
  timeout,      // no complete response in time
  closed,       // connection closed before a complete response
  protocol,     // the response is not HTTP
  tls,          // TLS handshake or verification failed
  status,       // unexpected HTTP status
  answer        // unexpected response
};
template <>
inline constexpr auto names<ProbeOutcome> =
    names_of<ProbeOutcome>({{ProbeOutcome::passed, "passed"},
                            {ProbeOutcome::refused, "refused"},
                            {ProbeOutcome::unreachable, "unreachable"},
                            {ProbeOutcome::timeout, "timeout"},
                            {ProbeOutcome::closed, "closed"},
                            {ProbeOutcome::protocol, "protocol"},
                            {ProbeOutcome::tls, "tls"},
                            {ProbeOutcome::status, "status"},
                            {ProbeOutcome::answer, "answer"}});

// The result: a failure after ProbePace::failures consecutive ones, or the last success.
struct Probe {
  ProbeOutcome outcome = ProbeOutcome::passed;
  std::uint16_t status = 0;                                    // of the HTTP response
  std::string note;                                            // the TLS library's error
  std::optional<WallTime> certificate_expires = std::nullopt;  // of the server's own certificate
  bool operator==(const Probe&) const = default;
};

// Reading this key starts probing. It is dropped as soon as no check reads it, because a probe
// would wake an idle service. Unseen if a header's value cannot be read, a name cannot be resolved,
// or the daemon may not connect to the path.
struct ProbeKey {
  std::string unit;
  // The end of the run's settling time; until then a failed probe is repeated soon. Each run has
  // its own key, so that the previous run's result does not count.
  TimePoint settled;
  ProbeRequest request;
  ProbePace pace;
  using Fact = Probe;
  auto operator<=>(const ProbeKey&) const = default;
};
}  // namespace checklist
