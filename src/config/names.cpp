// SPDX-License-Identifier: MIT
#include "config/names.hpp"

namespace checklist {
namespace {
constexpr std::size_t longest_heading = 64;

bool is_printable(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= ' ' && byte != 0x7F;
}

}  // namespace

std::optional<config::Heading> ParameterType<config::Heading>::parse(const Value& value) {
  const auto* name = value.get<std::string>();
  const bool fits = name != nullptr && !name->empty() && name->size() <= longest_heading &&
                    std::ranges::all_of(*name, is_printable);
  return fits ? std::optional(config::Heading{*name}) : std::nullopt;
}

Dict ParameterType<config::Heading>::schema() {
  Dict out = pattern_schema(R"(^[^\u0000-\u001f\u007f]+$)");
  out["maxLength"] = Value{static_cast<std::int64_t>(longest_heading)};
  return out;
}

std::optional<config::AbsolutePath> ParameterType<config::AbsolutePath>::parse(const Value& value) {
  const auto* path = value.get<std::string>();
  const bool fits =
      path != nullptr && path->starts_with('/') && std::ranges::all_of(*path, is_printable);
  return fits ? std::optional(config::AbsolutePath{*path}) : std::nullopt;
}

Dict ParameterType<config::AbsolutePath>::schema() {
  return pattern_schema(R"(^/[^\u0000-\u001f\u007f]*$)");
}
}  // namespace checklist
