// SPDX-License-Identifier: MIT
#include "checks/directives/hardening_directives.hpp"

#include <array>

#include "checks/directives/sandbox_kinds.hpp"

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

using kinds::flag;

constexpr std::array<Directive, 47> table{
    {{"User", &kinds::text, "whom it runs as"},
     {"Group", &kinds::text, "its group"},
     {"DynamicUser", &flag, "it runs as a user of its own that only exists meanwhile"},
     {"SupplementaryGroups", &kinds::names, "has no other groups than these"},
     {"NoNewPrivileges", &flag, "no set-user-ID program raises its privileges"},
     {"CapabilityBoundingSet", &kinds::mask, "has no other capabilities than these", capabilities},
     {"AmbientCapabilities", &kinds::mask, "is given no other capabilities than these",
      capabilities},
     {"ProtectSystem", &kinds::ladder, "what of the system it cannot write", protect_system},
     {"ProtectHome", &kinds::ladder, "how it sees homes", protect_home},
     {"ProtectProc", &kinds::ladder, "whose processes it sees", protect_proc},
     {"ProcSubset", &kinds::ladder, "what else of /proc it sees", proc_subset},
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
     {"RestrictAddressFamilies", &kinds::families, "opens sockets of no other families"},
     {"RestrictNamespaces", &kinds::namespaces, "makes namespaces of no other kinds",
      namespace_kinds},
     {"RestrictRealtime", &flag, "cannot be scheduled in real time"},
     {"RestrictSUIDSGID", &flag, "cannot make set-user-ID files"},
     {"LockPersonality", &flag, "cannot change its execution domain"},
     {"MemoryDenyWriteExecute", &flag, "has no memory that is writable and executable"},
     {"SystemCallFilter", &kinds::system_calls, "calls nothing else of the kernel"},
     {"SystemCallArchitectures", &kinds::architectures, "in no other architecture than these"},
     {"KeyringMode", &kinds::ladder, "whose keyring it has", keyring},
     {"UMask", &kinds::file_mask, "files it makes lack at least these bits"},
     {"NotifyAccess", &kinds::ladder, "which of its processes may tell systemd its state", notify},
     {"Delegate", &flag, "may divide its own cgroup"},
     {"DevicePolicy", &kinds::ladder, "which devices it may open besides DeviceAllow", devices},
     {"DeviceAllow", &kinds::device_nodes, "may open no other devices than these"},
     {"IPAddressDeny", &kinds::denied_networks, "cannot reach at least these networks"},
     {"IPAddressAllow", &kinds::allowed_networks, "can reach no others of those than these"},
     {"RootDirectory", &kinds::text, "the directory that is its /"},
     {"RootImage", &kinds::text, "the image that is its /"},
     {"ReadWritePaths", &kinds::open_paths, "can write nothing else in spite of ProtectSystem"},
     {"ReadOnlyPaths", &kinds::closed_paths, "cannot write at least these"},
     {"InaccessiblePaths", &kinds::closed_paths, "cannot see at least these"},
     {"ExecPaths", &kinds::open_paths, "can execute nothing else in spite of NoExecPaths"},
     {"NoExecPaths", &kinds::closed_paths, "cannot execute at least these"}}};
}  // namespace

std::span<const Directive> hardening_directives() {
  return table;
}

std::span<const std::string_view> capability_names() {
  return capabilities;
}
}  // namespace checklist::checks
