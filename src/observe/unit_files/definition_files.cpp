// SPDX-License-Identifier: MIT
#include "observe/unit_files/definition_files.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include <sys/stat.h>

#include "observe/files/symlink_chain.hpp"
#include "observe/shortage.hpp"
#include "observe/unit_files/unit_file_observer.hpp"
#include "semantics/unit/start_directives.hpp"
#include "semantics/unit/unit_files.hpp"

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;

// `systemctl set-property` writes drop-ins here after it changed the cgroup. A fragment there is
// one of an administrator.
bool is_set_by_manager(const std::string& path) {
  return path.find("/system.control/") != std::string::npos &&
         path.find(".d/") != std::string::npos;
}

WallTime wall(const timespec& time) {
  return WallTime{std::chrono::seconds{time.tv_sec} +
                  std::chrono::duration_cast<Duration>(std::chrono::nanoseconds{time.tv_nsec})};
}

std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};

  return ::stat(path.c_str(), &status) == 0 ? std::optional(status) : std::nullopt;
}

// For a file that is unreadable, or was removed after it was loaded, the identity replaces the
// contents. Throws Shortage.
UnitFile content_of(const std::string& root, const DefinitionFile& file) {
  auto content = unit_file(root, file.path);
  if (content && content->exists) {
    return *content;
  }
  if (!content && is_shortage(errno)) {
    throw Shortage(errno, file.path);
  }
  const std::string identity = file.target + " " + std::to_string(file.inode) + " " +
                               std::to_string(file.modified.time_since_epoch().count());
  return {.exists = true, .directives = {{.section = {}, .key = {}, .value = identity}}};
}
}  // namespace

WallTime newest_link(const std::string& path) {
  WallTime out{};
  for (const std::string& each : symlink_chain(path)) {
    struct stat status {};

    if (::lstat(each.c_str(), &status) == 0 && S_ISLNK(status.st_mode)) {
      out = std::max(out, wall(status.st_ctim));
    }
  }
  return out;
}

DefinitionFile definition_file(const std::string& root, const std::string& path) {
  DefinitionFile out;
  out.path = path;
  const auto status = status_of(root + path);
  if (!status) {
    return out;
  }
  std::error_code gone;
  out.target = fs::canonical(root + path, gone).string();
  out.device = status->st_dev;
  out.inode = status->st_ino;
  out.modified = wall(status->st_mtim);
  return out;
}

DefinitionLook look_at_definition(const std::string& root, const std::vector<std::string>& paths) {
  DefinitionLook out;
  out.digest = semantics::empty_digest;
  for (const std::string& path : paths) {
    out.files.push_back(definition_file(root, path));
    out.links_changed = std::max(out.links_changed, newest_link(root + path));
    if (is_set_by_manager(path) || semantics::is_generated(path)) {
      continue;
    }
    out.digest = semantics::digest(out.digest, content_of(root, out.files.back()));
    if (const auto status = status_of(root + path)) {
      out.files_changed = std::max(out.files_changed, wall(status->st_ctim));
    }
  }
  return out;
}
}  // namespace checklist::observe
