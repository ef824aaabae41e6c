// SPDX-License-Identifier: MIT
#include "observe/own/own_namespaces.hpp"

#include <sys/stat.h>

#include "observe/small_file.hpp"

namespace checklist::observe {
namespace {
// Each network has files of its own in /proc/PID/net. The links in /proc/PID/ns, which name the
// namespace, may be read by root only.
std::optional<ino_t> network_of(const std::string& process) {
  struct stat status {};

  return ::stat((process + "/net/unix").c_str(), &status) == 0 ? std::optional(status.st_ino)
                                                               : std::nullopt;
}
}  // namespace

std::optional<Unseen> hidden_users(const std::string& proc) {
  for (const char* map : {"/uid_map", "/gid_map"}) {
    const auto ours = small_file(proc + "/self" + map);
    const auto theirs = small_file(proc + "/1" + map);
    if (ours && theirs && *ours != *theirs) {
      return Unseen{"own_sandbox", "checklistd's own sandbox hides users (PrivateUsers=)",
                    "set PrivateUsers=no in checklistd.service"};
    }
  }
  return std::nullopt;
}

std::optional<Unseen> hidden_network(const std::string& proc) {
  const auto ours = network_of(proc + "/self");
  const auto theirs = network_of(proc + "/1");
  if (!ours || !theirs || *ours == *theirs) {
    return std::nullopt;
  }
  return Unseen{"own_sandbox", "checklistd's own sandbox hides the network (PrivateNetwork=)",
                "set PrivateNetwork=no in checklistd.service"};
}
}  // namespace checklist::observe
