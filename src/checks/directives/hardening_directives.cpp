// SPDX-License-Identifier: MIT
#include "checks/directives/hardening_directives.hpp"

#include <array>

#include "checks/directives/sandbox_types.hpp"

namespace checklist::checks {
namespace {
using Word = std::string_view;

constexpr std::array<Word, 41> capabilities{"CAP_CHOWN",
                                            "CAP_DAC_OVERRIDE",
                                            "CAP_DAC_READ_SEARCH",
                                            "CAP_FOWNER",
                                            "CAP_FSETID",
                                            "CAP_KILL",
                                            "CAP_SETGID",
                                            "CAP_SETUID",
                                            "CAP_SETPCAP",
                                            "CAP_LINUX_IMMUTABLE",
                                            "CAP_NET_BIND_SERVICE",
                                            "CAP_NET_BROADCAST",
                                            "CAP_NET_ADMIN",
                                            "CAP_NET_RAW",
                                            "CAP_IPC_LOCK",
                                            "CAP_IPC_OWNER",
                                            "CAP_SYS_MODULE",
                                            "CAP_SYS_RAWIO",
                                            "CAP_SYS_CHROOT",
                                            "CAP_SYS_PTRACE",
                                            "CAP_SYS_PACCT",
                                            "CAP_SYS_ADMIN",
                                            "CAP_SYS_BOOT",
                                            "CAP_SYS_NICE",
                                            "CAP_SYS_RESOURCE",
                                            "CAP_SYS_TIME",
                                            "CAP_SYS_TTY_CONFIG",
                                            "CAP_MKNOD",
                                            "CAP_LEASE",
                                            "CAP_AUDIT_WRITE",
                                            "CAP_AUDIT_CONTROL",
                                            "CAP_SETFCAP",
                                            "CAP_MAC_OVERRIDE",
                                            "CAP_MAC_ADMIN",
                                            "CAP_SYSLOG",
                                            "CAP_WAKE_ALARM",
                                            "CAP_BLOCK_SUSPEND",
                                            "CAP_AUDIT_READ",
                                            "CAP_PERFMON",
                                            "CAP_BPF",
                                            "CAP_CHECKPOINT_RESTORE"};

// By the bits of clone(2).
constexpr std::array<Word, 31> namespace_kinds{
    "", "",    "", "", "", "", "", "time", "", "",       "",    "",    "",     "",    "",   "",
    "", "mnt", "", "", "", "", "", "",     "", "cgroup", "uts", "ipc", "user", "pid", "net"};

constexpr std::array<Word, 4> protect_system{"no", "yes", "full", "strict"};
constexpr std::array<Word, 4> protect_home{"no", "read-only", "tmpfs", "yes"};
constexpr std::array<Word, 4> protect_proc{"default", "noaccess", "invisible", "ptraceable"};
constexpr std::array<Word, 2> proc_subset{"all", "pid"};
constexpr std::array<Word, 3> keyring{"inherit", "shared", "private"};
constexpr std::array<Word, 3> devices{"auto", "closed", "strict"};
constexpr std::array<Word, 4> notify{"all", "exec", "main", "none"};

using types::flag;

constexpr std::array<Directive, 47> table{
    {{"User", &types::text, "the user it runs as"},
     {"Group", &types::text, "its group"},
     {"DynamicUser", &flag, "it runs as a user that is allocated for each run"},
     {"SupplementaryGroups", &types::names, "has no other groups than these"},
     {"NoNewPrivileges", &flag, "no set-user-ID program raises its privileges"},
     {"CapabilityBoundingSet", &types::mask, "has no other capabilities than these", capabilities},
     {"AmbientCapabilities", &types::mask, "is given no other capabilities than these",
      capabilities},
     {"ProtectSystem", &types::ordered_enum, "what of the system it cannot write", protect_system},
     {"ProtectHome", &types::ordered_enum, "its access to home directories", protect_home},
     {"ProtectProc", &types::ordered_enum, "whose processes it sees", protect_proc},
     {"ProcSubset", &types::ordered_enum, "what else of /proc it sees", proc_subset},
     {"ProtectKernelTunables", &flag, "cannot write /proc/sys and /sys"},
     {"ProtectKernelModules", &flag, "cannot load modules"},
     {"ProtectKernelLogs", &flag, "cannot read the kernel's log"},
     {"ProtectControlGroups", &flag, "cannot write cgroups"},
     {"ProtectClock", &flag, "cannot set the clock"},
     {"ProtectHostname", &flag, "cannot set the host's name"},
     {"PrivateTmp", &flag, "has a /tmp of its own"},
     {"PrivateDevices", &flag, "has a /dev without devices"},
     {"PrivateNetwork", &flag, "has no network"},
     {"PrivateUsers", &flag, "sees no other users"},
     {"PrivateMounts", &flag, "has mounts of its own"},
     {"PrivateIPC", &flag, "has IPC of its own"},
     {"RemoveIPC", &flag, "leaves no IPC objects behind"},
     {"RestrictAddressFamilies", &types::families, "opens sockets of no other families"},
     {"RestrictNamespaces", &types::namespaces, "makes namespaces of no other kinds",
      namespace_kinds},
     {"RestrictRealtime", &flag, "cannot be scheduled in real time"},
     {"RestrictSUIDSGID", &flag, "cannot make set-user-ID files"},
     {"LockPersonality", &flag, "cannot change its execution domain"},
     {"MemoryDenyWriteExecute", &flag, "has no memory that is writable and executable"},
     {"SystemCallFilter", &types::system_calls, "can make no other system calls than these"},
     {"SystemCallArchitectures", &types::architectures,
      "can make system calls of no other architecture than these"},
     {"KeyringMode", &types::ordered_enum, "whose keyring it has", keyring},
     {"UMask", &types::file_mask, "files it makes lack at least these bits"},
     {"NotifyAccess", &types::ordered_enum,
      "which of its processes may send notifications to systemd", notify},
     {"Delegate", &flag, "may divide its own cgroup"},
     {"DevicePolicy", &types::ordered_enum, "which devices it may open besides DeviceAllow",
      devices},
     {"DeviceAllow", &types::device_nodes, "may open no other devices than these"},
     {"IPAddressDeny", &types::denied_networks, "cannot reach at least these networks"},
     {"IPAddressAllow", &types::allowed_networks, "can reach no others of those than these"},
     {"RootDirectory", &types::text, "the directory that is its /"},
     {"RootImage", &types::text, "the image that is its /"},
     {"ReadWritePaths", &types::open_paths, "can write nothing else in spite of ProtectSystem"},
     {"ReadOnlyPaths", &types::closed_paths, "cannot write at least these"},
     {"InaccessiblePaths", &types::closed_paths, "cannot see at least these"},
     {"ExecPaths", &types::open_paths, "can execute nothing else in spite of NoExecPaths"},
     {"NoExecPaths", &types::closed_paths, "cannot execute at least these"}}};
}  // namespace

std::span<const Directive> hardening_directives() {
  return table;
}

std::span<const std::string_view> capability_names() {
  return capabilities;
}
}  // namespace checklist::checks

namespace checklist {
std::optional<checks::ExposureLevel> ParameterType<checks::ExposureLevel>::parse(
    const Value& value) {
  const auto* decimal = value.get<double>();
  const auto whole = ParameterType<std::uint64_t>::parse(value);
  const double level = decimal != nullptr ? *decimal : static_cast<double>(whole.value_or(11));
  return 0 <= level && level <= 10 ? std::optional(checks::ExposureLevel{level}) : std::nullopt;
}

Dict ParameterType<checks::ExposureLevel>::schema() {
  return {{"type", Value{std::string("number")}},
          {"minimum", Value{std::int64_t{0}}},
          {"maximum", Value{std::int64_t{10}}}};
}
}  // namespace checklist
