// SPDX-License-Identifier: MIT
// A question put to a running service, and what came of it. Answers, header values and what is
// sent leave no trace in a fact: it says how the probe went and nothing of what was said.
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "checklist/names.hpp"
#include "checklist/time.hpp"

namespace checklist {
// A header's value is given, or read anew for each probe: from $CREDENTIALS_DIRECTORY, or a file.
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

// With a URL an HTTP GET, else a connection on which `send` is said and `expect` awaited.
struct ProbeRequest {
  std::string url;                    // http or https
  std::string unix_socket;            // a path or "@name": where to connect, instead of over TCP
  std::string tcp;                    // "127.0.0.1:3310"; empty with either of the above
  std::vector<std::uint16_t> status;  // of the HTTP answer, any of these
  std::string body;                   // a pattern that is found in it; empty: anything
  std::map<std::string, HeaderValue> headers;  // by name
  std::string ca;                              // a PEM file to trust; empty: what the system trusts
  bool verify = true;                          // the certificate and the name in it
  std::string send;
  std::string expect;  // a text that the answer contains; empty: none is awaited
  // NOLINTNEXTLINE(readability-implicit-bool-conversion): clang-tidy 14 sees one where none is
  auto operator<=>(const ProbeRequest&) const = default;
};

struct ProbePace {
  Duration timeout{};
  Duration interval{};
  std::uint64_t failures = 1;  // in a row, until it counts as failing
  auto operator<=>(const ProbePace&) const = default;
};

enum class ProbeOutcome {
  passed,
  refused,      // nobody listens there
  unreachable,  // there is no way to it
  timeout,      // no whole answer in time
  closed,       // it hung up before it had answered
  protocol,     // that was no HTTP
  tls,          // no connection that could be trusted
  status,       // another HTTP status
  answer        // the answer is not what was expected
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

// A failure is one that lasted for ProbePace::failures in a row; a success is the last one.
struct Probe {
  ProbeOutcome outcome = ProbeOutcome::passed;
  std::uint16_t status = 0;  // of an HTTP answer
  std::string note;          // why TLS failed, as the library says it
  bool operator==(const Probe&) const = default;
};

// Asking for it is probing: it is dropped as soon as nobody asks, for a probe would wake an idle
// service. Unseen: a header's value could not be read, a name not be resolved, or the path is not
// ours to connect to.
struct ProbeKey {
  std::string unit;
  // The end of this run's settling, until which a failed probe is repeated soon. Another run is
  // another key, so nothing is concluded from how the former one went.
  TimePoint settled;
  ProbeRequest request;
  ProbePace pace;
  using Fact = Probe;
  auto operator<=>(const ProbeKey&) const = default;
};
}  // namespace checklist
