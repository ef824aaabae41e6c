// SPDX-License-Identifier: MIT
#include "parse/proc/held_files.hpp"

#include <algorithm>
#include <array>

#include "semantics/text/fields.hpp"

namespace checklist::parse {
namespace {
constexpr std::string_view removed = " (deleted)";

// Returns the numbers in the column `inode` of the rows whose column `state` is `listening`.
std::set<std::uint64_t> sockets(std::string_view table, std::size_t state,
                                std::string_view listening, std::size_t inode) {
  std::set<std::uint64_t> out;
  for (const std::string_view line : semantics::lines(table)) {
    const auto words = semantics::words(line);
    const bool is_one = words.size() > inode && words[state] == listening;
    if (const auto at = is_one ? semantics::number<std::uint64_t>(words[inode]) : std::nullopt) {
      out.insert(*at);
    }
  }
  return out;
}

bool starts_with_any(std::string_view path, const auto& prefixes) {
  return std::ranges::any_of(prefixes,
                             [path](std::string_view each) { return path.starts_with(each); });
}
}  // namespace

std::optional<std::string> removed_program(std::string_view line) {
  constexpr std::array<std::string_view, 9> generated{
      "/memfd:", "/SYSV", "/[", "/dev/", "/proc/", "/run/", "/tmp/", "/var/tmp/", "/var/run/"};
  const auto words = semantics::words(line);  // addresses, access, offset, file system, inode, path
  const bool is_program =
      words.size() > 5 && words[1].size() > 2 && words[1][2] == 'x' && words[4] != "0";
  line = is_program ? line.substr(static_cast<std::size_t>(words[5].data() - line.data())) : "";
  // A name without another slash is that of an object of a driver, as "/drm mm object".
  if (!line.starts_with('/') || !line.ends_with(removed) ||
      line.find('/', 1) == std::string_view::npos || starts_with_any(line, generated)) {
    return std::nullopt;
  }
  line.remove_suffix(removed.size());
  return std::string(line);
}

bool is_installed_program(std::string_view path) {
  constexpr std::array<std::string_view, 9> places{"/usr/",    "/bin/",       "/sbin/",
                                                   "/lib/",    "/lib32/",     "/lib64/",
                                                   "/libx32/", "/nix/store/", "/gnu/store/"};
  return starts_with_any(path, places);
}

std::set<std::uint64_t> listening_inet_sockets(std::string_view net_tcp) {
  return sockets(net_tcp, 3, "0A", 9);
}

std::set<std::uint64_t> listening_unix_sockets(std::string_view net_unix) {
  return sockets(net_unix, 3, "00010000", 6);
}

std::optional<std::uint64_t> socket_inode(std::string_view link) {
  constexpr std::string_view before = "socket:[";
  return link.starts_with(before) && link.ends_with(']')
             ? semantics::number<std::uint64_t>(
                   link.substr(before.size(), link.size() - before.size() - 1))
             : std::nullopt;
}
}  // namespace checklist::parse
