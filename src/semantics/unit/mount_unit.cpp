// SPDX-License-Identifier: MIT
#include "semantics/unit/mount_unit.hpp"

namespace checklist::semantics {
namespace {
bool is_plain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ':' ||
         c == '_' || c == '.';
}

std::string escaped(char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  return {'\\', 'x', digits[byte / 16U], digits[byte % 16U]};
}
}  // namespace

std::string mount_unit(std::string_view path) {
  std::string out;
  bool after_slash = false;
  for (const char c : path) {
    if (c == '/') {
      after_slash = true;
      continue;
    }
    if (after_slash && !out.empty()) {
      out += '-';
    }
    after_slash = false;
    out += is_plain(c) && (c != '.' || !out.empty()) ? std::string(1, c) : escaped(c);
  }
  return (out.empty() ? "-" : out) + ".mount";
}

bool is_below(std::string_view path, std::string_view directory) {
  if (directory == "/") {
    return path.starts_with('/');
  }
  return path.starts_with(directory) &&
         (path.size() == directory.size() || path[directory.size()] == '/');
}

const Mount* mount_above(const std::vector<Mount>& mounts, std::string_view path) {
  const Mount* out = nullptr;
  for (const Mount& mount : mounts) {
    if (is_below(path, mount.path) && (out == nullptr || mount.path.size() >= out->path.size())) {
      out = &mount;
    }
  }
  return out;
}
}  // namespace checklist::semantics
