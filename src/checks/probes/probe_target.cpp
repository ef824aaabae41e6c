// SPDX-License-Identifier: MIT
#include "checks/probes/probe_target.hpp"

#include <algorithm>
#include <charconv>

#include "semantics/net/address.hpp"

namespace checklist::checks {
namespace {
constexpr std::size_t longest_name = 253;    // RFC 1035
constexpr std::size_t longest_text = 2'000;  // of a URL

bool is_letter(char c) {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
}

bool is_digit(char c) {
  return '0' <= c && c <= '9';
}

// Letters, digits, dots and hyphens. A name whose last label is a number is read as an address.
bool is_name(std::string_view host) {
  const auto last = host.substr(host.rfind('.') + 1);
  return !last.empty() && host.size() <= longest_name && !std::ranges::all_of(last, is_digit) &&
         std::ranges::all_of(host, [](char c) {
           return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_';
         });
}

bool is_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port != 0;
}

// "127.0.0.1:80", "[::1]", "localhost:80"
bool is_authority(std::string_view text, bool needs_port) {
  const auto bracket = text.starts_with('[') ? text.find(']') : std::string_view::npos;
  const auto colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const auto host = text.substr(0, colon);
  if (colon == std::string_view::npos ? needs_port : !is_port(text.substr(colon + 1))) {
    return false;
  }
  if (bracket == std::string_view::npos) {
    return is_name(host) ||
           (semantics::canonical_ip(host) && host.find(':') == std::string_view::npos);
  }
  return bracket + 1 == host.size() &&
         semantics::canonical_ip(host.substr(1, bracket - 1)).has_value();
}

bool is_graphic(char c) {
  return '!' <= c && c <= '~';
}

// The characters of an HTTP field name (RFC 9110, token).
bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&marks](char c) {
    return is_letter(c) || is_digit(c) || marks.find(c) != std::string_view::npos;
  });
}

bool is_credential_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos;
}

bool is_one_line(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

std::optional<HeaderValue> parse_header_value(const Value& value) {
  if (const auto* text = value.get<std::string>()) {
    return is_one_line(*text) ? std::optional(HeaderValue{HeaderSource::text, *text})
                              : std::nullopt;
  }
  const auto* object = value.get<Dict>();
  if (object == nullptr || object->size() != 1) {
    return std::nullopt;
  }
  const auto& [source, place] = *object->begin();
  const auto* name = place.get<std::string>();
  if (name != nullptr && source == "credential" && is_credential_name(*name)) {
    return HeaderValue{HeaderSource::credential, *name};
  }
  if (name != nullptr && source == "file" && name->starts_with('/')) {
    return HeaderValue{HeaderSource::file, *name};
  }
  return std::nullopt;
}

std::optional<std::uint16_t> parse_status(const Value& value) {
  const auto* wide = value.get<std::uint64_t>();
  const auto* number = value.get<std::int64_t>();
  const auto status = wide != nullptr
                          ? static_cast<std::int64_t>(std::min<std::uint64_t>(*wide, 600))
                      : number != nullptr ? *number
                                          : 0;
  return 100 <= status && status <= 599 ? std::optional(static_cast<std::uint16_t>(status))
                                        : std::nullopt;
}
}  // namespace

std::optional<Url> parse_url(std::string_view text) {
  const auto scheme = text.substr(0, text.find("://"));
  if ((scheme != "http" && scheme != "https") || scheme.size() == text.size() ||
      text.size() > longest_text || !std::ranges::all_of(text, is_graphic) ||
      text.find('#') != std::string_view::npos) {
    return std::nullopt;
  }
  const auto rest = text.substr(scheme.size() + 3);
  const auto authority = rest.substr(0, rest.find_first_of("/?"));
  return is_authority(authority, false) ? std::optional(Url{std::string(text)}) : std::nullopt;
}

std::string shown(const Url& url) {
  return url.text.substr(0, url.text.find('?'));
}

std::optional<TcpTarget> parse_tcp_target(std::string_view text) {
  return is_authority(text, true) ? std::optional(TcpTarget{std::string(text)}) : std::nullopt;
}

std::optional<UnixTarget> parse_unix_target(std::string_view text) {
  const auto address = semantics::parse_address("unix:" + std::string(text));
  return address ? std::optional(UnixTarget{address->host}) : std::nullopt;
}
}  // namespace checklist::checks

namespace checklist {
namespace {
Value word(std::string_view text) {
  return {std::string(text)};
}

Value status_schema() {
  return {Dict{{"type", word("integer")},
               {"minimum", Value{std::int64_t{100}}},
               {"maximum", Value{std::int64_t{599}}}}};
}

Value place_schema(std::string_view source, std::string_view pattern) {
  return {Dict{{"type", word("object")},
               {"additionalProperties", Value{false}},
               {"required", Value{Values{word(source)}}},
               {"properties",
                Value{Dict{{std::string(source),
                            Value{Dict{{"type", word("string")}, {"pattern", word(pattern)}}}}}}}}};
}
}  // namespace

std::optional<checks::Url> ParameterType<checks::Url>::parse(const Value& value,
                                                             const std::string& at,
                                                             ConfigErrors& errors) {
  const auto* text = value.get<std::string>();
  auto url = text != nullptr ? checks::parse_url(*text) : std::nullopt;
  if (!url) {
    const bool has_user = text != nullptr && text->find('@') != std::string::npos;
    errors.push_back({at,
                      "an address as \"http://127.0.0.1:8080/health\", of http or https, "
                      "without user, password and fragment",
                      has_user ? "one with a user or an @" : describe(value)});
  }
  return url;
}

Dict ParameterType<checks::Url>::schema() {
  Dict out = pattern_schema(R"(^https?://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?)"
                            R"(([/?][!"$-~]*)?$)");
  out["maxLength"] = Value{std::uint64_t{checks::longest_text}};
  return out;
}

std::optional<checks::TcpTarget> ParameterType<checks::TcpTarget>::parse(const Value& value) {
  const auto* text = value.get<std::string>();
  return text != nullptr ? checks::parse_tcp_target(*text) : std::nullopt;
}

std::optional<checks::UnixTarget> ParameterType<checks::UnixTarget>::parse(const Value& value) {
  const auto* text = value.get<std::string>();
  return text != nullptr ? checks::parse_unix_target(*text) : std::nullopt;
}

Dict ParameterType<checks::UnixTarget>::schema() {
  return {{"type", word("string")}, {"pattern", word("^[/@]")}};
}

std::optional<checks::StatusSet> ParameterType<checks::StatusSet>::parse(const Value& value) {
  const auto* list = value.get<Values>();
  checks::StatusSet out;
  for (const Value& each : list != nullptr ? *list : Values{value}) {
    const auto status = checks::parse_status(each);
    if (!status) {
      return std::nullopt;
    }
    out.any_of.push_back(*status);
  }
  return out.any_of.empty() ? std::nullopt : std::optional(std::move(out));
}

Value ParameterType<checks::StatusSet>::print(const checks::StatusSet& set) {
  Values out;
  for (const std::uint16_t status : set.any_of) {
    out.push_back(Value{std::int64_t{status}});
  }
  return out.size() == 1 ? out.front() : Value{std::move(out)};
}

Dict ParameterType<checks::StatusSet>::schema() {
  const Value list{Dict{
      {"type", word("array")}, {"items", status_schema()}, {"minItems", Value{std::int64_t{1}}}}};
  return {{"anyOf", Value{Values{status_schema(), list}}}};
}

std::optional<checks::Headers> ParameterType<checks::Headers>::parse(const Value& value,
                                                                     const std::string& at,
                                                                     ConfigErrors& errors) {
  const auto* object = value.get<Dict>();
  if (object == nullptr) {
    errors.push_back({at, "an object of headers", "something else"});
    return std::nullopt;
  }
  checks::Headers out;
  for (const auto& [name, each] : *object) {
    const auto parsed = checks::parse_header_value(each);
    const std::string here = at + "/" + pointer_token(name);
    if (!checks::is_token(name)) {
      errors.push_back({here, "the name of a header", "'" + name + "'"});
    } else if (!parsed) {
      errors.push_back({here, R"(a text of one line, {"credential": NAME} or {"file": "/path"})",
                        "something else"});
    } else {
      out.by_name.emplace(name, *parsed);
    }
  }
  return out;
}

Value ParameterType<checks::Headers>::print(const checks::Headers& headers) {
  Dict out;
  for (const auto& [name, value] : headers.by_name) {
    if (value.source != HeaderSource::text) {
      out[name] = Value{Dict{{std::string(text(value.source)), Value{value.text}}}};
    }
  }
  return {std::move(out)};
}

Dict ParameterType<checks::Headers>::schema() {
  const Value value{
      Dict{{"anyOf", Value{Values{Value{pattern_schema(R"(^[^\r\n\u0000]*$)")},
                                  place_schema("credential", R"(^(?!\.{1,2}$)[^/]+$)"),
                                  place_schema("file", "^/")}}}}};
  const Value names{pattern_schema("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")};
  return {{"type", word("object")}, {"propertyNames", names}, {"additionalProperties", value}};
}
}  // namespace checklist
