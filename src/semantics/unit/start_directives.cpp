// SPDX-License-Identifier: MIT
#include "semantics/unit/start_directives.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace checklist::semantics {
namespace {
// Sections that affect processes. systemd ignores others, as misspelt ones. The empty one stands
// for a file that cannot be read.
constexpr std::array<std::string_view, 7> sections{"",     "Service", "Socket", "Mount",
                                                   "Swap", "Scope",   "Slice"};

// Prefixes of directives.
constexpr std::array<std::string_view, 61> applied_on_reload{
    // supervision, restart, reload and stop
    "ExecReload", "ExecStop", "FailureAction", "FileDescriptorStoreMax", "FinalKillSignal",
    "JobTimeout", "KillMode", "KillSignal", "RebootArgument", "ReloadSignal", "RemainAfterExit",
    "Restart=", "RestartForceExitStatus", "RestartKillSignal", "RestartMaxDelaySec", "RestartMode",
    "RestartPreventExitStatus", "RestartSec", "RestartSteps", "RuntimeMaxSec",
    "RuntimeRandomizedExtraSec", "SendSIGHUP", "SendSIGKILL", "StartLimit", "SuccessAction",
    "SuccessExitStatus", "Timeout", "WatchdogSignal",
    // resource control
    "AllowedCPUs", "AllowedMemoryNodes", "BPFProgram", "BlockIO", "CPUAccounting", "CPUQuota",
    "CPUShares", "CPUWeight", "CoredumpReceive", "DefaultMemory", "DefaultStartupMemory",
    "DeviceAllow", "DevicePolicy", "IOAccounting", "IODevice", "IORead", "IOWeight", "IOWrite",
    "IPAccounting", "IPAddress", "IPEgress", "IPIngress", "ManagedOOM", "MemoryAccounting",
    "MemoryHigh", "MemoryLimit", "MemoryLow", "MemoryM", "MemorySwapMax", "MemoryZSwap",
    "SocketBind", "Startup", "Tasks"};

std::uint64_t fold(std::uint64_t hash, std::string_view text) {
  constexpr std::uint64_t prime = 0x100000001b3;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * prime;
  }
  return (hash ^ 0xffU) * prime;  // terminates the text: no byte of UTF-8
}
}  // namespace

bool counts_at_start(const UnitFileEntry& directive) {
  const bool is_before_sections = directive.section.empty() && !directive.key.empty();
  if (is_before_sections || std::ranges::find(sections, directive.section) == sections.end()) {
    return false;
  }
  const std::string assigned = directive.key + "=";
  return std::ranges::none_of(
      applied_on_reload, [&assigned](std::string_view name) { return assigned.starts_with(name); });
}

std::uint64_t digest(std::uint64_t before, const UnitFile& file) {
  for (const UnitFileEntry& directive : file.directives) {
    if (counts_at_start(directive)) {
      before = fold(fold(fold(before, directive.section), directive.key), directive.value);
    }
  }
  return before;
}
}  // namespace checklist::semantics
