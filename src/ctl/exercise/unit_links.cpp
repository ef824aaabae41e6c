// SPDX-License-Identifier: MIT
#include "ctl/exercise/unit_links.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <pwd.h>
#include <unistd.h>

namespace checklist::ctl {
namespace {
namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kinds{".wants", ".requires", ".upholds"};

bool holds_links(const fs::path& directory) {
  const std::string extension = directory.extension();
  return std::ranges::find(kinds, extension) != kinds.end();
}

void add_links(const fs::path& directory, const std::set<std::string>& names, UnitLinks& out) {
  std::error_code error;
  for (const fs::directory_entry& each : fs::directory_iterator(directory, error)) {
    if (!each.is_symlink(error)) {
      continue;
    }
    const fs::path target = fs::read_symlink(each.path(), error);
    if (!error && (names.contains(each.path().filename()) || names.contains(target.filename()))) {
      out[each.path()] = target;
    }
  }
}

std::string home_of(const char* variable, const char* otherwise) {
  const char* set = std::getenv(variable);
  if (set != nullptr && *set != '\0') {
    return set;
  }
  const passwd* me = ::getpwuid(::getuid());
  return std::string(me != nullptr ? me->pw_dir : "") + otherwise;
}
}  // namespace

LinkDirectories link_directories(bool user) {
  if (!user) {
    return {.persistent = "/etc/systemd/system", .runtime = "/run/systemd/system"};
  }
  return {.persistent = home_of("XDG_CONFIG_HOME", "/.config") + "/systemd/user",
          .runtime = home_of("XDG_RUNTIME_DIR", "") + "/systemd/user"};
}

UnitLinks unit_links(const std::string& directory, const std::set<std::string>& names) {
  UnitLinks out;
  add_links(directory, names, out);
  std::error_code error;
  for (const fs::directory_entry& each : fs::directory_iterator(directory, error)) {
    if (holds_links(each.path()) && each.is_directory(error)) {
      add_links(each.path(), names, out);
    }
  }
  return out;
}

bool restore_links(const std::string& directory, const std::set<std::string>& names,
                   const UnitLinks& wanted) {
  const UnitLinks present = unit_links(directory, names);
  bool is_changed = false;
  for (const auto& [path, target] : present) {
    const auto at = wanted.find(path);
    if (at == wanted.end() || at->second != target) {
      fs::remove(path);
      is_changed = true;
    }
  }
  for (const auto& [path, target] : wanted) {
    const auto at = present.find(path);
    if (at == present.end() || at->second != target) {
      fs::create_directories(fs::path(path).parent_path());
      fs::create_symlink(target, path);
      is_changed = true;
    }
  }
  return is_changed;
}

bool is_writable(const std::string& directory) {
  fs::path at = directory;
  std::error_code error;
  while (!fs::exists(at, error) && at.has_relative_path()) {
    at = at.parent_path();
  }
  return ::access(at.c_str(), W_OK) == 0;
}
}  // namespace checklist::ctl
