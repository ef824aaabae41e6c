// SPDX-License-Identifier: MIT
#include "parse/journal_cursor.hpp"

#include <charconv>
#include <map>

namespace checklist::parse {
namespace {
constexpr std::size_t id_digits = 32;
constexpr int base = 16;

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool read_id(std::string_view text, std::string& to) {
  to = text;
  return text.size() == id_digits && is_hex(text);
}

bool read_number(std::string_view text, std::uint64_t& to) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), to, base);
  return error == std::errc{} && end == text.data() + text.size();
}

// "s=…;i=…" by letter.
std::map<char, std::string_view> parts_of(std::string_view text) {
  std::map<char, std::string_view> out;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(';'));
    if (part.size() > 2 && part[1] == '=') {
      out.emplace(part[0], part.substr(2));
    }
    text.remove_prefix(std::min(part.size() + 1, text.size()));
  }
  return out;
}
}  // namespace

std::optional<JournalCursor> journal_cursor(std::string_view text) {
  auto parts = parts_of(text);
  JournalCursor out;
  const bool is_one = read_id(parts['s'], out.sequence) && read_number(parts['i'], out.number) &&
                      read_id(parts['b'], out.boot) &&
                      read_number(parts['m'], out.monotonic_usec) &&
                      read_number(parts['t'], out.wall_usec);
  return is_one ? std::optional(out) : std::nullopt;
}

bool comes_after(const JournalCursor& a, const JournalCursor& b) {
  if (a.sequence == b.sequence) {
    return a.number > b.number;
  }
  return a.boot == b.boot ? a.monotonic_usec > b.monotonic_usec : a.wall_usec > b.wall_usec;
}
}  // namespace checklist::parse
