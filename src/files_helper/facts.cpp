// SPDX-License-Identifier: MIT
#include "files_helper/facts.hpp"

#include <cerrno>
#include <cstdio>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "event/fd.hpp"
#include "files_helper/cgroups.hpp"
#include "observe/files/file_status.hpp"
#include "observe/proc/held_files.hpp"
#include "semantics/files/file_rules.hpp"

namespace checklist::files {
namespace {
using observe::Links;
constexpr mode_t readable_by_group = 0640;

[[noreturn]] void fail(const std::string& path) {
  throw std::system_error(errno, std::system_category(), path);
}
}  // namespace

parse::FileFacts look(const std::set<std::string>& patterns) {
  parse::FileFacts out;
  out.made = std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now());
  for (const std::string& pattern : patterns) {
    if (!semantics::is_glob(pattern)) {
      out.files.insert_or_assign(pattern, observe::file_status("", pattern, Links::refuse));
      continue;
    }
    const auto found = observe::matches_of("", pattern, Links::refuse);
    out.globs.insert_or_assign(pattern, found.paths);
    for (const std::string& path : found.paths ? *found.paths : std::vector<std::string>()) {
      out.files.insert_or_assign(path, observe::file_status("", path, Links::refuse));
    }
  }
  return out;
}

std::map<std::string, parse::CgroupFacts> held_by(const std::set<std::string>& units,
                                                  const std::string& cgroup_root) {
  std::map<std::string, parse::CgroupFacts> out;
  observe::HeldFilesReader reader;
  for (const auto& [path, id] : cgroups_of(cgroup_root, units)) {
    out.insert_or_assign(path,
                         parse::CgroupFacts{.id = id, .held = reader.read(cgroup_root + path)});
  }
  return out;
}

void write(const std::string& path, const std::string& text) {
  const std::string fresh = path + ".new";
  (void)::unlink(fresh.c_str());  // left by a process that was killed
  {
    const event::Fd file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                                readable_by_group));
    if (!file ||
        ::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
      fail(fresh);
    }
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) {
    fail(path);
  }
}
}  // namespace checklist::files
