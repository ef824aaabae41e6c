// SPDX-License-Identifier: MIT
#include "parse/config_test/program_output.hpp"

#include <algorithm>
#include <iterator>

#include "semantics/text/fields.hpp"

namespace checklist::parse {
namespace {
constexpr std::size_t most_lines = 20;
constexpr std::size_t longest_line = 300;
constexpr std::string_view quotes = "\"'`";
constexpr std::string_view of_paths =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-@+:*";

bool is_path(std::string_view text) {
  return text.starts_with('/') && text.find_first_not_of(of_paths) == std::string_view::npos;
}

// An apostrophe within a word, as in "can't", opens no quotation.
bool opens_quotation(std::string_view line, std::size_t at) {
  return at == 0 || std::string_view(" \t([{:=,!").find(line[at - 1]) != std::string_view::npos;
}

std::string without_quotations(std::string_view line) {
  std::string out;
  std::size_t from = 0;
  for (auto at = line.find_first_of(quotes); at != std::string_view::npos;
       at = line.find_first_of(quotes, at)) {
    if (!opens_quotation(line, at)) {
      ++at;
      continue;
    }
    const auto end = std::min(line.find(line[at], at + 1), line.size());
    const auto quoted = line.substr(at + 1, end - at - 1);
    out += line.substr(from, at + 1 - from);
    out += is_path(quoted) ? quoted : "…";
    from = at = end;
    at = std::min(at + 1, line.size());
  }
  return out + std::string(line.substr(from));
}

std::string printable(std::string_view line) {
  std::string out = without_quotations(line.substr(0, longest_line));
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, ' ');
  return out;
}
}  // namespace

std::vector<std::string> last_lines(std::string_view output) {
  std::vector<std::string> out;
  const auto all = semantics::lines(output);
  const auto skipped = all.size() - std::min(all.size(), most_lines);
  std::transform(all.begin() + static_cast<std::ptrdiff_t>(skipped), all.end(),
                 std::back_inserter(out), printable);
  return out;
}
}  // namespace checklist::parse
