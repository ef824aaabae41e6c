// SPDX-License-Identifier: MIT
#include "observe/proc/held_files.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "observe/files/file_status.hpp"
#include "observe/small_file.hpp"
#include "parse/proc/held_files.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;
constexpr std::size_t most_processes = 1024;  // of one cgroup
constexpr int most_descriptors = 65536;       // of one process
constexpr std::size_t most_names = 64;        // of replaced files, and of open nodes
constexpr std::size_t longest_line = 8192;    // of /proc/PID/maps
constexpr std::size_t largest_table = 4U << 20U;

struct Close {
  void operator()(DIR* directory) const { (void)::closedir(directory); }

  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};

bool is_gone(int error) {
  return error == ENOENT || error == ESRCH;
}

void add_processes(const std::string& directory, std::set<std::uint32_t>& out) {
  const auto text = small_file(directory + "/cgroup.procs", largest_table);
  for (const std::string_view word : semantics::words(text ? *text : std::string_view())) {
    const auto pid = semantics::number<std::uint32_t>(word);
    if (pid.value_or(0) != 0) {  // 0: of another PID namespace
      out.insert(*pid);
    }
  }
}

std::set<std::uint32_t> processes_of(const std::string& directory) {
  std::set<std::uint32_t> out;
  add_processes(directory, out);
  std::error_code error;  // a cgroup that was removed meanwhile has no processes
  for (auto at = fs::recursive_directory_iterator(directory, error);
       !error && at != fs::recursive_directory_iterator() && out.size() <= most_processes;
       at.increment(error)) {
    std::error_code unreadable;
    if (at->is_directory(unreadable)) {
      add_processes(at->path(), out);
    }
  }
  return out;
}

// A file that is neither of a package nor there again was one of the program's own.
bool is_replaced(const std::string& path) {
  if (parse::is_installed_program(path)) {
    return true;
  }
  const auto now = file_status("", path, Links::refuse);
  return now && now->type != "missing";
}

std::string node_of(const struct statx& status) {
  const char kind = S_ISCHR(status.stx_mode) ? 'c' : S_ISBLK(status.stx_mode) ? 'b' : '\0';
  return kind == '\0' ? std::string()
                      : std::string(1, kind) + " " + std::to_string(status.stx_rdev_major) + ":" +
                            std::to_string(status.stx_rdev_minor);
}

std::optional<std::uint64_t> socket_at(int directory, const char* name) {
  std::array<char, 64> link{};
  const ssize_t size = ::readlinkat(directory, name, link.data(), link.size());
  return size > 0 ? parse::socket_inode({link.data(), static_cast<std::size_t>(size)})
                  : std::nullopt;
}
}  // namespace

struct HeldFilesReader::Found {
  std::set<std::string> replaced{};
  std::set<std::string> devices{};
  std::set<std::uint32_t> listening{};
  std::set<std::string> ruled_out{};  // removed, but not replaced
  bool is_too_much = false;
};

// Returns an errno, or 0.
int HeldFilesReader::look_at_programs(const std::string& process, Found& found) const {
  const std::unique_ptr<std::FILE, Close> maps(std::fopen((process + "/maps").c_str(), "re"));
  if (!maps) {
    return errno;
  }
  std::array<char, longest_line> line{};
  while (std::fgets(line.data(), line.size(), maps.get()) != nullptr) {
    std::string_view text(line.data());
    text.remove_suffix(text.ends_with('\n') ? 1 : 0);
    const auto path = parse::removed_program(text);
    if (!path || found.replaced.contains(*path) || found.ruled_out.contains(*path)) {
      continue;
    }
    auto& names = is_replaced(*path) ? found.replaced : found.ruled_out;
    if (names.size() < most_names) {
      names.insert(*path);
    }
  }
  return 0;
}

// Sockets by the network namespace of the process: each has tables of its own.
const std::set<std::uint64_t>& HeldFilesReader::listening_sockets(const std::string& process) {
  struct stat space {};

  const bool is_known = ::stat((process + "/ns/net").c_str(), &space) == 0;
  const auto [at, is_new] = sockets_.try_emplace(is_known ? space.st_ino : 0);
  if (is_new && is_known) {
    for (const char* table : {"/net/tcp", "/net/tcp6"}) {
      at->second.merge(parse::listening_inet_sockets(
          small_file(process + table, largest_table).value_or(std::string())));
    }
    at->second.merge(parse::listening_unix_sockets(
        small_file(process + "/net/unix", largest_table).value_or(std::string())));
  }
  return at->second;
}

// Returns an errno, or 0. Looks through the links without opening what they lead to, and without
// asking the server of a network file system.
int HeldFilesReader::look_at_descriptors(const std::string& process, Found& found) {
  const std::unique_ptr<DIR, Close> directory(::opendir((process + "/fd").c_str()));
  if (!directory) {
    return errno;
  }
  const auto& sockets = listening_sockets(process);
  const int fd = ::dirfd(directory.get());
  int count = 0;
  bool is_listening = false;
  for (const dirent* entry = ::readdir(directory.get()); entry != nullptr;
       entry = ::readdir(directory.get())) {
    const char* name = &entry->d_name[0];
    if (*name == '.') {
      continue;
    }
    if (++count > most_descriptors || found.devices.size() > most_names) {
      found.is_too_much = true;
      break;
    }

    struct statx status {};

    if (::statx(fd, name, AT_STATX_DONT_SYNC, STATX_TYPE, &status) != 0) {
      if (errno == EACCES || errno == EPERM) {
        return errno;
      }
      continue;  // closed meanwhile
    }
    if (auto node = node_of(status); !node.empty()) {
      found.devices.insert(std::move(node));
    }
    if (S_ISSOCK(status.stx_mode) && !is_listening) {
      const auto inode = socket_at(fd, name);
      is_listening = inode && sockets.contains(*inode);
    }
  }
  if (is_listening) {
    found.listening.insert(
        static_cast<std::uint32_t>(std::stoul(process.substr(process.rfind('/') + 1))));
  }
  return 0;
}

Observed<HeldFiles> HeldFilesReader::read(const std::string& cgroup_directory) {
  const auto processes = processes_of(cgroup_directory);
  Found found{.is_too_much = processes.size() > most_processes};
  for (auto pid = processes.begin(); pid != processes.end() && !found.is_too_much; ++pid) {
    const std::string process = proc_ + "/" + std::to_string(*pid);
    int error = look_at_programs(process, found);
    error = error == 0 ? look_at_descriptors(process, found) : error;
    if (error != 0 && !is_gone(error)) {
      return Unseen{error == EACCES || error == EPERM ? "permission" : "unsupported",
                    "cannot look at " + process + ": " + std::system_category().message(error), ""};
    }
  }
  if (found.is_too_much) {
    return Unseen{"unsupported", "the processes of " + cgroup_directory + " hold too many files",
                  ""};
  }
  return HeldFiles{.replaced = {found.replaced.begin(), found.replaced.end()},
                   .devices = {found.devices.begin(), found.devices.end()},
                   .listening = {found.listening.begin(), found.listening.end()}};
}
}  // namespace checklist::observe
