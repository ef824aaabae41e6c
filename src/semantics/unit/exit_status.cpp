// SPDX-License-Identifier: MIT
#include "semantics/unit/exit_status.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace checklist::semantics {
namespace {
constexpr int first_code = 200;
constexpr std::array<std::string_view, 46> codes{"CHDIR",
                                                 "NICE",
                                                 "FDS",
                                                 "EXEC",
                                                 "MEMORY",
                                                 "LIMITS",
                                                 "OOM_ADJUST",
                                                 "SIGNAL_MASK",
                                                 "STDIN",
                                                 "STDOUT",
                                                 "CHROOT",
                                                 "IOPRIO",
                                                 "TIMERSLACK",
                                                 "SECUREBITS",
                                                 "SETSCHEDULER",
                                                 "CPUAFFINITY",
                                                 "GROUP",
                                                 "USER",
                                                 "CAPABILITIES",
                                                 "CGROUP",
                                                 "SETSID",
                                                 "CONFIRM",
                                                 "STDERR",
                                                 "",
                                                 "PAM",
                                                 "NETWORK",
                                                 "NAMESPACE",
                                                 "NO_NEW_PRIVILEGES",
                                                 "SECCOMP",
                                                 "SELINUX_CONTEXT",
                                                 "PERSONALITY",
                                                 "APPARMOR",
                                                 "ADDRESS_FAMILIES",
                                                 "RUNTIME_DIRECTORY",
                                                 "",
                                                 "CHOWN",
                                                 "SMACK_PROCESS_LABEL",
                                                 "KEYRING",
                                                 "STATE_DIRECTORY",
                                                 "CACHE_DIRECTORY",
                                                 "LOGS_DIRECTORY",
                                                 "CONFIGURATION_DIRECTORY",
                                                 "NUMA_POLICY",
                                                 "CREDENTIALS",
                                                 "BPF",
                                                 "KSM"};

std::string exited_with(const std::string& status) {
  int number = 0;
  std::from_chars(status.data(), status.data() + status.size(), number);
  const auto name = exit_code_name(number);
  return "exited with " + status + (name.empty() ? "" : " (" + std::string(name) + ")");
}
}  // namespace

std::string signal_name(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name != nullptr ? name : std::to_string(signal);
}

std::string_view exit_code_name(int status) {
  const bool is_systemds = status >= first_code && status < first_code + std::ssize(codes);
  return is_systemds ? codes.at(static_cast<std::size_t>(status - first_code)) : std::string_view{};
}

std::string outcome(const Run& run) {
  std::string out = run.result.empty() ? "unknown" : run.result;
  if (run.exit_code == "exited") {
    out += ", " + exited_with(run.exit_status);
  } else if (!run.exit_code.empty()) {
    out += ", " + run.exit_code + " by " + run.exit_status;
  }
  return out;
}
}  // namespace checklist::semantics
