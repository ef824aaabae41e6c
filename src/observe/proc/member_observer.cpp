// SPDX-License-Identifier: MIT
#include "observe/proc/member_observer.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <tuple>

#include <unistd.h>

#include "observe/proc/process_observer.hpp"
#include "observe/small_file.hpp"
#include "parse/process.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;
constexpr std::size_t most_cgroups = 256;
constexpr std::size_t most_processes = 512;
constexpr std::size_t most_members = 64;
constexpr std::size_t largest_list = 1U << 20U;

// Returns the cgroup and those below it, breadth first, as paths below it: "", "/app".
std::vector<std::string> subtree(const std::string& top) {
  std::vector<std::string> out{""};
  for (std::size_t i = 0; i < out.size() && out.size() < most_cgroups; ++i) {
    const std::string parent = out[i];
    std::error_code error;
    for (fs::directory_iterator at(top + parent, error), end;
         !error && at != end && out.size() < most_cgroups; at.increment(error)) {
      if (at->is_directory(error) && !at->is_symlink(error)) {
        out.push_back(parent + "/" + at->path().filename().string());
      }
    }
  }
  return out;
}

// Adds the processes of one cgroup. Those that have exited meanwhile are left out; `hidden` is set
// if one that exists cannot be read.
void add_members(const std::string& list, const std::string& cgroup, const std::string& proc,
                 std::vector<Member>& out, std::optional<Unseen>& hidden) {
  for (const auto line : semantics::lines(list)) {
    const auto pid = semantics::number<std::uint32_t>(line);
    if (!pid || *pid == 0 || out.size() >= most_processes) {  // 0: of another PID namespace
      continue;
    }
    const std::string directory = proc + "/" + std::to_string(*pid);
    const auto text = small_file(directory + "/stat");
    const int error = errno;
    const auto stat = text ? parse::process_stat(*text, kernel_clock()) : std::nullopt;
    if (stat) {
      out.push_back(
          {.pid = *pid, .started = stat->started, .cgroup = cgroup, .is_zombie = stat->is_zombie});
    } else if (auto why = why_unread(directory, text ? ESRCH : error); why.reason != "gone") {
      hidden = std::move(why);
    }
  }
}
}  // namespace

Observed<std::vector<Member>> read_members(const std::string& cgroups, const std::string& cgroup,
                                           const std::string& proc) {
  const std::string top = cgroups + cgroup;
  std::vector<Member> out;
  std::optional<Unseen> hidden;
  bool is_there = false;
  for (const std::string& below : subtree(top)) {
    // Fails with EOPNOTSUPP for a threaded cgroup, whose processes are listed above it.
    const auto list = small_file(top + below + "/cgroup.procs", largest_list);
    is_there |= list.has_value();
    add_members(list.value_or(""), below, proc, out, hidden);
  }
  if (!is_there) {
    const bool is_gone = ::access((cgroups + "/cgroup.procs").c_str(), R_OK) == 0;
    return Unseen{is_gone ? "gone" : "unsupported", "cannot read " + top + "/cgroup.procs", ""};
  }
  if (hidden) {
    return *hidden;
  }
  std::ranges::sort(out, {},
                    [](const Member& member) { return std::tuple(member.started, member.pid); });
  out.resize(std::min(out.size(), most_members));
  return out;
}

MemberObserver::MemberObserver(event::Loop& loop, Put<MembersKey> put, std::string cgroups,
                               std::string proc)
    : put_(std::move(put)),
      cgroups_(std::move(cgroups)),
      proc_(std::move(proc)),
      poll_(loop, values_interval, [this](const MembersKey& key) {
        put_(key, read_members(cgroups_, key.cgroup, proc_));
      }) {}

void MemberObserver::unit_turned(const std::string& unit) {
  const std::string end = "/" + unit;
  for (const MembersKey& key : poll_.followed()) {
    if (key.cgroup.ends_with(end)) {
      poll_.look_at(key);
    }
  }
}
}  // namespace checklist::observe
