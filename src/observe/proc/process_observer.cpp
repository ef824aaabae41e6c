// SPDX-License-Identifier: MIT
#include "observe/proc/process_observer.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <system_error>

#include <sys/stat.h>
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

// Returns the mount option of `proc` that hides processes of other users; empty if there is none.
std::string hiding_option(const std::string& proc) {
  const auto text = small_file(proc + "/self/mountinfo", largest_mountinfo);
  std::string out;
  for (const Mount& mount : parse::mounts(text.value_or(""))) {
    if (mount.path == proc) {  // a later mount covers an earlier one
      const auto option = std::ranges::find_if(mount.options, [](const std::string& each) {
        return each.starts_with("hidepid=") && each != "hidepid=0" && each != "hidepid=off";
      });
      out = option != mount.options.end() ? *option : std::string();
    }
  }
  return out;
}
}  // namespace

// Other processes may run between two looks at clocks: those that are closest together count.
Duration time_suspended(const std::function<std::chrono::nanoseconds(clockid_t)>& now) {
  constexpr int most_looks = 10;
  constexpr auto close = std::chrono::milliseconds(1);
  auto least = std::chrono::nanoseconds::max();
  std::chrono::nanoseconds out{};
  for (int i = 0; i < most_looks && least > close; ++i) {
    const auto before = now(CLOCK_MONOTONIC);
    const auto booted = now(CLOCK_BOOTTIME);
    const auto after = now(CLOCK_MONOTONIC);
    if (after - before < least) {
      least = after - before;
      out = booted - after;
    }
  }
  return std::chrono::duration_cast<Duration>(std::max(out, std::chrono::nanoseconds::zero()));
}

parse::Clock kernel_clock() {
  const long ticks = ::sysconf(_SC_CLK_TCK);
  return {.ticks_a_second = ticks > 0 ? static_cast<std::uint64_t>(ticks) : 100,
          .suspended = time_suspended(time_of)};
}

// ProtectProc=invisible and hidepid=invisible hide processes of other users as if they did not
// exist; if PID 1 is visible, the process is really gone. Reading the mounts of a zombie fails with
// EINVAL.
Unseen why_unread(const std::string& directory, int error) {
  const std::string proc = directory.substr(0, directory.rfind('/'));
  std::string why = directory + ": " + std::system_category().message(error);
  const bool is_gone = error == ENOENT || error == ESRCH || error == EINVAL;
  if (is_gone && ::access((proc + "/1/stat").c_str(), R_OK) == 0) {
    return {"gone", why, ""};
  }
  const std::string option = hiding_option(proc);
  if (!option.empty()) {
    why = proc + " hides processes of other users (mount option " + option + ")";
  }
  return {error == EACCES || error == EPERM ? "permission" : "own_sandbox", why,
          option.empty() ? "set ProtectProc=default in checklistd.service"
                         : "set ProtectProc=default in checklistd.service; if that is so, run "
                           "`mount -o remount,hidepid=off " +
                               proc + "`"};
}

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
    return why_unread(directory, errno);
  }
  if (limits->empty()) {  // a zombie
    return why_unread(directory, ESRCH);
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
    return why_unread(directory, text ? ENOENT : errno);
  }
  return parse::mounts(*text);
}

// The size of /proc/PID/fd is the number of its entries.
Observed<std::uint64_t> read_descriptors(const std::string& directory) {
  struct stat fds {};

  const auto limits = small_file(directory + "/limits");
  if (!limits || ::stat((directory + "/fd").c_str(), &fds) != 0) {
    return why_unread(directory, errno);
  }
  const auto all = parse::limits(*limits);
  const auto files = all.find("LimitNOFILE");
  if (files == all.end() || fds.st_size <= 0) {
    return Unseen{"unsupported", "the kernel does not count the entries of " + directory + "/fd",
                  ""};
  }
  constexpr std::uint64_t tenths = 10;
  const auto count = static_cast<std::uint64_t>(fds.st_size);
  const std::uint64_t soft = std::max<std::uint64_t>(files->second.soft, 1);
  return count >= soft ? tenths : count * tenths / soft;
}
}  // namespace checklist::observe
