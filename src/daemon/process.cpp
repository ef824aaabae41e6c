// SPDX-License-Identifier: MIT
#include "daemon/process.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace checklist::daemon {
namespace {
// Returns the fields of /proc/self/stat after the command name, which may contain blanks and
// parentheses.
std::istringstream stat_fields() {
  std::ifstream file("/proc/self/stat");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return std::istringstream(text.substr(text.rfind(')') + 1));
}

// Called once, because /proc/stat grows with the number of interrupts.
double boot_time() {
  std::ifstream file("/proc/stat");
  std::string word;
  double value = 0;
  while (file >> word) {
    if (word == "btime" && file >> value) {
      return value;
    }
  }
  return 0;
}
}  // namespace

void add_process_figures(render::Figures& figures) {
  static const double booted = boot_time();
  constexpr int fields_before_utime = 11;
  constexpr int fields_between = 6;
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  auto fields = stat_fields();
  std::string skipped;
  for (int i = 0; i < fields_before_utime; ++i) {
    fields >> skipped;
  }
  double user = 0;
  double system = 0;
  double start = 0;
  double virtual_bytes = 0;
  double pages = 0;
  fields >> user >> system;
  for (int i = 0; i < fields_between; ++i) {
    fields >> skipped;
  }
  if (fields >> start >> virtual_bytes >> pages) {
    figures.cpu_seconds = (user + system) / ticks;
    figures.start_time_seconds = booted + start / ticks;
    figures.virtual_bytes = virtual_bytes;
    figures.resident_bytes = pages * static_cast<double>(sysconf(_SC_PAGESIZE));
  }
  std::error_code error;
  const std::filesystem::directory_iterator open("/proc/self/fd", error);
  figures.open_fds = error ? -1 : static_cast<double>(std::distance(begin(open), end(open)));
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    figures.max_fds = static_cast<double>(limit.rlim_cur);
  }
}

std::string host_name() {
  utsname names{};
  const bool is_known = ::uname(&names) == 0 && names.nodename[0] != '\0';
  return is_known ? std::string(static_cast<const char*>(names.nodename)) : "this host";
}
}  // namespace checklist::daemon
