// SPDX-License-Identifier: MIT
#include "parse/programs/library_cache.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace checklist::parse {
namespace {
// sysdeps/generic/dl-cache.h of glibc
constexpr std::string_view magic = "glibc-ld.so.cache1.1";
constexpr std::size_t header_size = 48;
constexpr std::size_t entry_size = 24;
constexpr std::size_t most_entries = 100'000;
constexpr std::size_t longest = 4096;          // of a name or path
constexpr std::size_t most_text = 32U << 20U;  // names may overlap
constexpr std::uint32_t architecture = 0xFF00;
#if defined(__x86_64__)
constexpr std::uint32_t ours = 0x0300;
#elif defined(__aarch64__)
constexpr std::uint32_t ours = 0x0A00;
#else
constexpr std::uint32_t ours = 0;
#endif

std::uint32_t number_at(std::string_view bytes, std::size_t offset) {
  std::array<char, sizeof(std::uint32_t)> copy{};
  if (offset <= bytes.size() && bytes.size() - offset >= copy.size()) {
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), copy.size(), copy.begin());
  }
  return std::bit_cast<std::uint32_t>(copy);
}

std::string text_at(std::string_view bytes, std::size_t offset) {
  const std::string_view rest = bytes.substr(std::min(offset, bytes.size()), longest);
  return std::string(rest.substr(0, rest.find('\0')));
}
}  // namespace

std::optional<LibraryCache> library_cache(std::string_view bytes) {
  // Old files begin with a table for libc5; the strings count from the new header.
  const auto begin = bytes.find(magic);
  if (begin == std::string_view::npos) {
    return std::nullopt;
  }
  bytes.remove_prefix(begin);
  const std::size_t count = number_at(bytes, magic.size());
  if (count > most_entries || bytes.size() < header_size + count * entry_size) {
    return std::nullopt;
  }
  LibraryCache out;
  std::size_t total = 0;
  for (std::size_t i = 0; i < count && total <= most_text; ++i) {
    const std::size_t entry = header_size + i * entry_size;
    if ((number_at(bytes, entry) & architecture) == ours) {
      const std::string name = text_at(bytes, number_at(bytes, entry + 4));
      std::string path = text_at(bytes, number_at(bytes, entry + 8));
      total += name.size() + path.size();
      out[name].push_back(std::move(path));
    }
  }
  return total <= most_text ? std::optional(std::move(out)) : std::nullopt;
}
}  // namespace checklist::parse
