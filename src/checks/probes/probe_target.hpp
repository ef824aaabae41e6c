// SPDX-License-Identifier: MIT
// The targets and requests of probes: the parameter types of health_probe.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/facts/probes.hpp"
#include "checklist/params/error.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

namespace checklist::checks {
// An http or https URL of an IP address, localhost or a name, without user and password.
struct Url {
  std::string text;
  auto operator<=>(const Url&) const = default;
};

// Returns the URL for reports: without the query, which may hold a token.
std::string shown(const Url& url);

struct TcpTarget {
  std::string text;  // "127.0.0.1:3310", "[::1]:53", "localhost:6379"
  auto operator<=>(const TcpTarget&) const = default;
};

struct UnixTarget {
  std::string text;  // a path, or "@name" in the abstract namespace
  auto operator<=>(const UnixTarget&) const = default;
};

struct StatusSet {
  std::vector<std::uint16_t> any_of;
  auto operator<=>(const StatusSet&) const = default;
};

struct Headers {
  std::map<std::string, HeaderValue> by_name;
  auto operator<=>(const Headers&) const = default;
};

std::optional<Url> parse_url(std::string_view text);
std::optional<TcpTarget> parse_tcp_target(std::string_view text);
std::optional<UnixTarget> parse_unix_target(std::string_view text);
}  // namespace checklist::checks

namespace checklist {
template <>
struct ParameterType<checks::Url> {
  static std::optional<checks::Url> parse(const Value& value, const std::string& at,
                                          ConfigErrors& errors);

  static Value print(const checks::Url& url) { return {url.text}; }

  static Dict schema();
};

template <>
struct ParameterType<checks::TcpTarget> {
  static constexpr std::string_view expected =
      R"(a host and a port, as "127.0.0.1:3310" or "[::1]:53")";
  static std::optional<checks::TcpTarget> parse(const Value& value);

  static Value print(const checks::TcpTarget& target) { return {target.text}; }

  static Dict schema() {
    return pattern_schema(R"(^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):[0-9]{1,5}$)");
  }
};

template <>
struct ParameterType<checks::UnixTarget> {
  static constexpr std::string_view expected =
      R"(a socket, as "/run/x.sock" or, in the abstract namespace, "@name")";
  static std::optional<checks::UnixTarget> parse(const Value& value);

  static Value print(const checks::UnixTarget& target) { return {target.text}; }

  static Dict schema();
};

template <>
struct ParameterType<checks::StatusSet> {
  static constexpr std::string_view expected = "an HTTP status from 100 to 599, or a list of them";
  static std::optional<checks::StatusSet> parse(const Value& value);
  static Value print(const checks::StatusSet& set);
  static Dict schema();
};

// Header values may be secrets: no error message repeats one, and none is printed.
template <>
struct ParameterType<checks::Headers> {
  static std::optional<checks::Headers> parse(const Value& value, const std::string& at,
                                              ConfigErrors& errors);
  static Value print(const checks::Headers& headers);
  static Dict schema();
};
}  // namespace checklist
