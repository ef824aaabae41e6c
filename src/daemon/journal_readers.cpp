// SPDX-License-Identifier: MIT
#include "daemon/journal_readers.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <unistd.h>

#include "parse/accounts.hpp"

namespace checklist::daemon {
render::Audience audience_of(const http::Peer& peer, const std::string& group_file) {
  const auto& process = peer.credentials;
  if (!process) {
    return render::Audience::anyone;
  }
  if (process->uid == 0 || process->uid == ::geteuid()) {
    return render::Audience::journal_readers;
  }
  std::ifstream file(group_file);
  const auto groups = parse::groups(std::string{std::istreambuf_iterator<char>(file), {}});
  for (const char* name : {"systemd-journal", "adm"}) {
    const auto group = groups.find(name);
    if (group != groups.end() &&
        std::ranges::find(process->groups, group->second.gid) != process->groups.end()) {
      return render::Audience::journal_readers;
    }
  }
  return render::Audience::anyone;
}
}  // namespace checklist::daemon
