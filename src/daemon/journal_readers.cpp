// SPDX-License-Identifier: MIT
#include "daemon/journal_readers.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <unistd.h>

namespace checklist::daemon {
namespace {
// "systemd-journal:x:101:": whether the line is of a group that reads the journal, and of that id.
bool is_readers_line(const std::string& line, const std::vector<std::uint32_t>& groups) {
  std::istringstream parts(line);
  std::string name;
  std::string password;
  std::string id;
  std::getline(std::getline(std::getline(parts, name, ':'), password, ':'), id, ':');
  return (name == "systemd-journal" || name == "adm") &&
         std::ranges::any_of(groups, [&id](auto group) { return std::to_string(group) == id; });
}
}  // namespace

render::Audience audience_of(const http::Peer& peer, const std::string& group_file) {
  const auto& who = peer.credentials;
  if (!who) {
    return render::Audience::anyone;
  }
  if (who->uid == 0 || who->uid == ::geteuid()) {
    return render::Audience::journal_readers;
  }
  std::ifstream file(group_file);
  for (std::string line; std::getline(file, line);) {
    if (is_readers_line(line, who->groups)) {
      return render::Audience::journal_readers;
    }
  }
  return render::Audience::anyone;
}
}  // namespace checklist::daemon
