// SPDX-License-Identifier: MIT
#include "parse/acl.hpp"

#include "parse/little_endian.hpp"

namespace checklist::parse {
namespace {
constexpr std::size_t header_size = 4;
constexpr std::size_t entry_size = 8;
constexpr std::uint32_t version = 2;

// include/uapi/linux/posix_acl.h
constexpr std::uint32_t acl_user = 0x02;
constexpr std::uint32_t acl_group_obj = 0x04;
constexpr std::uint32_t acl_group = 0x08;
}  // namespace

std::optional<Acl> access_acl(std::string_view attribute) {
  const bool is_whole = attribute.size() >= header_size &&
                        (attribute.size() - header_size) % entry_size == 0 &&
                        little_endian(attribute.substr(0, header_size)) == version;
  if (!is_whole) {
    return std::nullopt;
  }
  Acl out;
  attribute.remove_prefix(header_size);
  for (; !attribute.empty(); attribute.remove_prefix(entry_size)) {
    const auto tag = little_endian(attribute.substr(0, 2));
    const auto bits = little_endian(attribute.substr(2, 2));
    const auto id = little_endian(attribute.substr(4, 4));
    if (tag == acl_group_obj) {
      out.owning_group = bits;
    } else if (tag == acl_user || tag == acl_group) {
      out.named.push_back({.for_group = tag == acl_group, .id = id, .bits = bits});
    }
  }
  return out.named.empty() ? std::nullopt : std::optional(out);
}
}  // namespace checklist::parse
