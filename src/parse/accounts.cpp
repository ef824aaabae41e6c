// SPDX-License-Identifier: MIT
#include "parse/accounts.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace checklist::parse {
namespace {
std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(separator, begin), text.size());
    out.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::optional<std::uint32_t> number(const std::string& text) {
  std::uint32_t out = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, out);
  return error == std::errc{} && stopped == end ? std::optional(out) : std::nullopt;
}

// Returns the fields of each account line: skips comments and the NIS entries "+" and "-".
std::vector<std::vector<std::string>> lines(std::string_view text, std::size_t fields) {
  std::vector<std::vector<std::string>> out;
  for (const std::string& line : split(text, '\n')) {
    auto parts = split(line, ':');
    const bool is_account =
        parts.size() == fields && !parts[0].empty() && line.find_first_of("#+-") != 0;
    if (is_account) {
      out.push_back(std::move(parts));
    }
  }
  return out;
}
}  // namespace

std::map<std::string, User> users(std::string_view passwd) {
  constexpr std::size_t fields = 7;
  std::map<std::string, User> out;
  for (const auto& line : lines(passwd, fields)) {
    const auto uid = number(line[2]);
    const auto gid = number(line[3]);
    if (uid && gid) {
      out.try_emplace(line[0], User{.uid = *uid, .gid = *gid, .home = line[5], .shell = line[6]});
    }
  }
  return out;
}

std::map<std::string, Group> groups(std::string_view group) {
  constexpr std::size_t fields = 4;
  std::map<std::string, Group> out;
  for (const auto& line : lines(group, fields)) {
    if (const auto gid = number(line[2])) {
      auto members = line[3].empty() ? std::vector<std::string>() : split(line[3], ',');
      std::erase(members, "");
      std::ranges::sort(members);
      out.try_emplace(line[0], Group{.gid = *gid, .members = std::move(members)});
    }
  }
  return out;
}
}  // namespace checklist::parse
