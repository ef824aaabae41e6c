// SPDX-License-Identifier: MIT
#include "checks/boot/unit_on_disk.hpp"

namespace checklist::checks {
UnitOnDisk unit_on_disk(FactReader& look, const std::string& name) {
  const Host* host = look.at(HostKey{});
  if (host == nullptr) {
    return {};
  }
  for (const std::string& directory : host->unit_path) {
    if (directory.starts_with("/run/")) {
      continue;
    }
    const std::string path = directory + "/" + name;
    const FileStatus* file = look.at(FileKey{path});
    if (file != nullptr && file->type != "missing") {
      const bool is_link = file->type == "symlink";
      return {.path = path,
              .target = is_link ? file->target : path,
              .is_there = !is_link || (!file->target.empty() && file->target != "/dev/null")};
    }
  }
  return {};
}
}  // namespace checklist::checks
