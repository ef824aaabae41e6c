// SPDX-License-Identifier: MIT
#include "observe/proc/process_observer.hpp"

#include <cerrno>
#include <ctime>
#include <system_error>

#include <unistd.h>

#include "observe/small_file.hpp"
#include "parse/process.hpp"

namespace checklist::observe {
namespace {
constexpr std::size_t largest_mountinfo = 1U << 20U;

std::chrono::nanoseconds time_of(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

// Includes suspensions from before the process was forked.
parse::Clock kernel_clock() {
  const long ticks = ::sysconf(_SC_CLK_TCK);
  return {.ticks_a_second = ticks > 0 ? static_cast<std::uint64_t>(ticks) : 100,
          .suspended = std::chrono::duration_cast<Duration>(time_of(CLOCK_BOOTTIME) -
                                                            time_of(CLOCK_MONOTONIC))};
}

// ProtectProc=invisible hides processes of other users as if they did not exist; if PID 1 is
// visible, the process is really gone. Reading the mounts of a zombie fails with EINVAL.
Unseen unread(const std::string& directory, int error) {
  const std::string first = directory.substr(0, directory.rfind('/')) + "/1/stat";
  const std::string why = directory + ": " + std::system_category().message(error);
  const bool is_gone = error == ENOENT || error == ESRCH || error == EINVAL;
  if (is_gone && ::access(first.c_str(), R_OK) == 0) {
    return {"gone", why, ""};
  }
  return {error == EACCES || error == EPERM ? "permission" : "own_sandbox", why,
          "set ProtectProc=default in checklistd.service"};
}
}  // namespace

bool is_being_prepared(const std::string& directory) {
  const auto stat = small_file(directory + "/stat");
  return stat && parse::is_being_prepared(*stat);
}

Observed<Process> read_process(const std::string& directory) {
  const auto stat = small_file(directory + "/stat");
  const auto status = small_file(directory + "/status");
  const auto limits = small_file(directory + "/limits");
  const auto score = small_file(directory + "/oom_score_adj");
  if (!stat || !status || !limits || !score) {
    return unread(directory, errno);
  }
  if (limits->empty()) {  // a zombie
    return unread(directory, ESRCH);
  }
  auto out =
      parse::process({.stat = *stat, .status = *status, .limits = *limits, .oom_score_adj = *score},
                     kernel_clock());
  return out ? Observed(std::move(*out))
             : Observed<Process>(
                   Unseen{"unsupported", "unexpected format of the files in " + directory, ""});
}

Observed<std::vector<Mount>> read_mounts(const std::string& directory) {
  const auto text = small_file(directory + "/mountinfo", largest_mountinfo);
  if (!text || text->empty()) {
    return unread(directory, text ? ENOENT : errno);
  }
  return parse::mounts(*text);
}
}  // namespace checklist::observe
