// SPDX-License-Identifier: MIT
#include "parse/mount_place.hpp"

#include <array>

namespace checklist::parse {
namespace {
constexpr std::size_t octal_digits = 3;
constexpr unsigned octal = 8;

bool is_octal(std::string_view text) {
  return text.size() == octal_digits &&
         text.find_first_not_of("01234567") == std::string_view::npos;
}

// Decodes octal escapes, such as \040 for a space.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto digits = text.substr(at + 1, octal_digits);
    if (text[at] != '\\' || !is_octal(digits)) {
      out += text[at];
      continue;
    }
    unsigned value = 0;
    for (const char digit : digits) {
      value = value * octal + static_cast<unsigned>(digit - '0');
    }
    out += static_cast<char>(value);
    at += octal_digits;
  }
  return out;
}

bool lies_below(std::string_view path, std::string_view mount) {
  return mount == "/" || path == mount ||
         (path.starts_with(mount) && path.substr(mount.size()).starts_with('/'));
}

std::string joined(const std::string& root, std::string_view rest) {
  return root == "/" && rest.starts_with('/') ? std::string(rest) : root + std::string(rest);
}
}  // namespace

MountPlace mount_place(std::string_view mountinfo, std::string_view path) {
  MountPlace out;
  while (!mountinfo.empty()) {
    std::string_view line = mountinfo.substr(0, mountinfo.find('\n'));
    mountinfo.remove_prefix(std::min(line.size() + 1, mountinfo.size()));
    std::array<std::string_view, 5> fields{};  // id, parent, device, root, mount point
    for (auto& field : fields) {
      field = line.substr(0, line.find(' '));
      line.remove_prefix(std::min(field.size() + 1, line.size()));
    }
    const std::string mount = unescaped(fields[4]);
    if (!mount.empty() && lies_below(path, mount)) {  // a later mount covers an earlier one
      const auto rest = mount == "/" ? path : path.substr(mount.size());
      out = {std::string(fields[2]), joined(unescaped(fields[3]), rest)};
    }
  }
  return out;
}
}  // namespace checklist::parse
