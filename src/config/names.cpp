// SPDX-License-Identifier: MIT
#include "config/names.hpp"

namespace checklist {
namespace {
constexpr std::size_t longest_user = 32;  // utmp(5)
constexpr std::size_t longest_heading = 64;

bool is_user_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
         c == '_' || c == '-';
}

bool is_printable(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= ' ' && byte != 0x7F;
}

Dict text_schema(std::string_view format) {
  return {{"type", Value{std::string("string")}}, {"format", Value{std::string(format)}}};
}
}  // namespace

std::optional<config::UserName> Reads<config::UserName>::parse(const Value& value) {
  const auto* name = value.get<std::string>();
  const bool fits = name != nullptr && !name->empty() && name->size() <= longest_user &&
                    name->front() != '-' && std::ranges::all_of(*name, is_user_character);
  return fits ? std::optional(config::UserName{*name}) : std::nullopt;
}

Dict Reads<config::UserName>::schema() {
  return text_schema("user-name");
}

std::optional<config::Heading> Reads<config::Heading>::parse(const Value& value) {
  const auto* name = value.get<std::string>();
  const bool fits = name != nullptr && !name->empty() && name->size() <= longest_heading &&
                    std::ranges::all_of(*name, is_printable);
  return fits ? std::optional(config::Heading{*name}) : std::nullopt;
}

Dict Reads<config::Heading>::schema() {
  Dict out = schema_type("string");
  out["minLength"] = Value{std::int64_t{1}};
  out["maxLength"] = Value{static_cast<std::int64_t>(longest_heading)};
  return out;
}
}  // namespace checklist
