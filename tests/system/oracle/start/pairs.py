# SPDX-License-Identifier: MIT
"""Settings together with what may be amiss with what they need: seldom two of them would meet if drawn apart."""

RELEASE = "{dir}/ext/usr/lib/extension-release.d/extension-release"
READ_ONLY = "mount --bind {0} {0}; mount -o remount,bind,ro {0}"
NO_EXEC = "mount --bind {0} {0}; mount -o remount,bind,noexec {0}"
USER = "User=oracle-a"
LIBRARY = "{dir}/lib/liboracle.so"


def _extension(defect: str, prefix: str = "") -> tuple:
    return (f"ExtensionDirectories={prefix}{{dir}}/ext",), defect


def _release(*fields: str) -> str:
    return f"printf '{''.join(field + chr(92) + 'n' for field in fields)}' > {RELEASE}.ext"


def _made(kind: str, place: str, *more: str) -> tuple[str, ...]:
    return (f"{kind}Directory=start-{{n}}", f"WorkingDirectory={place}/start-{{n}}", *more)


EXTENSIONS = (
    *(_extension(defect) for defect in (
        "", "", f"rm {RELEASE}.ext", "rm -r {dir}/ext/usr", "rm -r {dir}/ext; touch {dir}/ext", _release("ID=debian", "VERSION_ID=12"),
        _release("ID=debian"), _release("ID=debian", "VERSION_ID=11"), _release("ID=_any"), _release("ID=fedora", "VERSION_ID=12"),
        _release("ID=debian", "SYSEXT_LEVEL=1"), _release("ID=debian", "VERSION_ID=12", "ARCHITECTURE=arm64"),
        _release("ID=_any", "ARCHITECTURE=_any"), _release("garbage"), f"mv {RELEASE}.ext {RELEASE}.other",
        f"mv {RELEASE}.ext {RELEASE}.other; setfattr -n user.extension-release.strict -v false {RELEASE}.other",
        f"mv {RELEASE}.ext {RELEASE}.other; setfattr -n user.extension-release.strict -v true {RELEASE}.other",
        "mv {dir}/ext {dir}/real; ln -s {dir}/real {dir}/ext", "chmod 700 {dir}/ext", f"chmod 600 {RELEASE}.ext")),
    *(_extension(defect, "-") for defect in (f"rm {RELEASE}.ext", "rm -r {dir}/ext", "rm -r {dir}/ext; touch {dir}/ext",
                                             _release("ID=fedora"))))
PRIVILEGES = (
    *(((USER, *more), f"setcap cap_net_raw={sets} {{dir}}/bin/probe") for sets in ("ep", "p", "i", "eip") for more in (
        (), ("NoNewPrivileges=yes",), ("AmbientCapabilities=CAP_NET_RAW",), ("CapabilityBoundingSet=",), ("PrivateUsers=yes",))),
    *(((USER, *more), defect) for more in ((), ("NoNewPrivileges=yes",), ("CapabilityBoundingSet=",)) for defect in (
        "chmod u+s {dir}/bin/probe", "chmod g+s {dir}/bin/probe", "chown oracle-a {dir}/bin/probe; chmod u+s {dir}/bin/probe",
        "chmod u+s {dir}/bin/interp")),
    ((), "setcap cap_net_raw=ep {dir}/bin/probe"), ((), "chown oracle-a {dir}/bin/probe; chmod u+s {dir}/bin/probe"),
    ((USER, "Environment=LD_LIBRARY_PATH={dir}/library"), "mv {dir}/lib {dir}/library; setcap cap_net_raw=ep {dir}/bin/probe"))
LIBRARIES = (
    *(((), defect) for defect in (
        f"cp /dev/null {LIBRARY}", f"seq 100 > {LIBRARY}", f"truncate -s 2000 {LIBRARY}", f"ln -sf nowhere {LIBRARY}",
        f"printf '\\267' | dd of={LIBRARY} seek=18 bs=1 conv=notrunc status=none", "truncate -s 10 {dir}/bin/probe",
        "truncate -s 500 {dir}/bin/probe", "truncate -s 3000 {dir}/bin/probe",
        "printf '\\267' | dd of={dir}/bin/probe seek=18 bs=1 conv=notrunc status=none", NO_EXEC.format("{dir}/lib"),
        NO_EXEC.format("{dir}/bin"), "mkdir {dir}/other; mv {dir}/lib/* {dir}/other; ln -s {dir}/other/liboracle.so {dir}/lib/")),
    *(((setting,), defect) for setting in (USER, "CapabilityBoundingSet=", "DynamicUser=yes") for defect in (
        "chmod 700 {dir}/lib", f"chmod 000 {LIBRARY}", f"chown oracle-a {LIBRARY}; chmod 400 {LIBRARY}",
        f"setfacl -m u:oracle-a:- {LIBRARY}", "chown oracle-a {dir}/lib; chmod 700 {dir}/lib",
        "chown oracle-a {dir}/bin/probe; chmod 500 {dir}/bin/probe; rm {dir}/lib/*")),
    *(((setting,), "") for setting in ("InaccessiblePaths={dir}/lib", f"InaccessiblePaths={LIBRARY}", "NoExecPaths={dir}/lib")),
    (("TemporaryFileSystem={dir}", "BindReadOnlyPaths={dir}/bin"), ""), (("TemporaryFileSystem={dir}/lib",), ""))
DIRECTORIES = (
    *((_made(kind, place, USER, *more), defect) for kind, place in (("State", "/var/lib"), ("Configuration", "/etc"), ("Runtime", "/run"))
      for more, defect in (((), ""), ((f"{kind}DirectoryMode=0000",), ""), ((f"{kind}DirectoryMode=0600",), ""),
                           ((), f"mkdir -m 700 {place}/start-{{n}}"))),
    (_made("State", "/var/lib", "StateDirectoryMode=0000"), ""), (_made("State", "/var/lib", "StateDirectoryMode=0000", "DynamicUser=yes"), ""),
    *(((USER, "StateDirectory=start-{n}/sub", f"WorkingDirectory=/var/lib/start-{{n}}{below}"), defect) for below in ("", "/sub")
      for defect in ("", "mkdir -m 700 /var/lib/start-{n}", "mkdir -m 711 /var/lib/start-{n}")),
    *((("StateDirectory=start-{n}:start-{n}-link",), defect) for defect in (
        "", "mkdir /var/lib/start-{n}-link", "touch /var/lib/start-{n}-link", "ln -s start-{n} /var/lib/start-{n}-link",
        "ln -s nowhere /var/lib/start-{n}-link")),
    *((("StateDirectory=start-{n}/x", *more), f"mkdir {made} /var/lib/start-{{n}}; " + READ_ONLY.format("/var/lib/start-{n}"))
      for more, made in (((), ""), ((), "-p /var/lib/start-{n}/x"), ((USER,), "-p /var/lib/start-{n}/x"))),
    *(((setting,), READ_ONLY.format("{dir}/log")) for setting in (
        "StandardOutput=append:{dir}/log/out", "BindPaths={dir}/rw:{dir}/log/x", "ReadWritePaths={dir}/log",
        "TemporaryFileSystem={dir}/log/x", "TemporaryFileSystem={dir}/log")))
STREAMS = tuple((settings, "") for settings in (
    ("StandardInput=tty",), ("StandardInput=tty-force", "TTYPath={dir}/none"), ("StandardOutput=tty", "TTYPath=/dev/null"),
    ("TTYPath={dir}/none",), ("StandardInput=socket",), ("StandardOutput=socket",), ("StandardInput=fd:x",), ("StandardError=fd:x",),
    ("StandardInput=data",), ("StandardInputText=x",), ("StandardOutput=kmsg",), ("StandardInput=file:{dir}/rw",),
    ("DevicePolicy=strict",), ("DevicePolicy=closed",), ("DevicePolicy=strict", "DeviceAllow=/dev/null rw"),
    ("DevicePolicy=strict", "StandardInput=file:{dir}/in"), ("DevicePolicy=strict", "StandardInput=file:{dir}/in", "StandardOutput=null"),
    ("DevicePolicy=strict", "DeviceAllow=char-mem rw"), ("StandardOutput=append:/proc/none",), ("StandardOutput=append:/dev/full",)))
RESOURCES = tuple((settings, "") for settings in (
    ("CPUAffinity=999",), ("CPUAffinity=0 999",), ("CPUAffinity=numa",), ("NUMAPolicy=bind", "NUMAMask=7"), ("NUMAPolicy=bind", "NUMAMask=0"),
    ("NUMAPolicy=preferred", "NUMAMask=0-3"), ("NUMAPolicy=local",), ("NUMAPolicy=interleave", "NUMAMask=0 7"), ("LimitNOFILE=3",),
    ("LimitNOFILE=4",), ("LimitNOFILE=16",), ("LimitAS=1M",), ("LimitAS=64M",), ("LimitDATA=16K",), ("LimitDATA=8M",), ("LimitSTACK=4096",),
    ("LimitSTACK=64K",), ("LimitFSIZE=0",), ("LimitCPU=100",), ("Nice=-20", USER), ("CPUSchedulingPolicy=fifo", USER),
    ("IOSchedulingClass=realtime", USER), ("OOMScoreAdjust=-1000", USER), ("SystemCallFilter=~execve",), ("SystemCallFilter=@system-service",),
    ("SystemCallFilter=~@system-service",), ("SystemCallFilter=read write",), ("SystemCallFilter=~mmap:EPERM",),
    ("SystemCallFilter=~@file-system",), ("SystemCallFilter=~@resources @privileged", USER), ("SystemCallFilter=~openat", "SystemCallErrorNumber=EPERM"),
    ("SystemCallFilter=@system-service", "SystemCallFilter=~@mount"), ("SystemCallArchitectures=native",), ("MemoryDenyWriteExecute=yes",),
    ("RestrictNamespaces=yes",), ("RestrictAddressFamilies=none",), ("ProtectProc=invisible", "ProcSubset=pid", USER), ("PrivateIPC=yes",),
    ("ProtectKernelTunables=yes", "ProtectControlGroups=yes", "ProtectClock=yes"), ("PrivateNetwork=yes",), ("LogNamespace=start",)))
MOUNTS = tuple((settings, "") for settings in (
    ("BindPaths={dir}/rw:{dir}/file/sub",), ("BindPaths={dir}/rw:{dir}/dangling/x",), ("BindPaths={dir}/rw:/proc/none",),
    ("BindPaths={dir}/rw:/sys/none",), ("BindPaths={dir}/file:{dir}/none/x",), ("BindPaths=-{dir}/none:{dir}/file/sub",),
    ("TemporaryFileSystem={dir}/file",), ("TemporaryFileSystem={dir}/file/x",), ("TemporaryFileSystem={dir}/none",),
    ("TemporaryFileSystem={dir}/dangling",), ("TemporaryFileSystem=/proc/none",), ("TemporaryFileSystem={dir}/rw:size=foo",),
    ("TemporaryFileSystem={dir}/rw:size=10%,mode=1777,noexec,uid=4100",), ("RootDirectory={dir}/file",), ("RootDirectory={dir}/rw",)))
ACCOUNTS = tuple((settings, "") for settings in (
    ("DynamicUser=yes", "User=oracle-g"), ("DynamicUser=yes", "User=oracle-a"), ("DynamicUser=yes", "User=video"),
    ("DynamicUser=yes", "User=start-dyn", "Group=oracle-g"), ("DynamicUser=yes", "SupplementaryGroups=oracle-g")))
CREDENTIALS = tuple((("LoadCredential=a:{dir}/secret",), defect) for defect in (
    "truncate -s 2M {dir}/secret", "truncate -s 1048576 {dir}/secret", "truncate -s 1000000 {dir}/secret",
    "rm {dir}/secret; mkdir {dir}/secret", "chmod 000 {dir}/secret"))

# Nobody can foresee these: they must be unknown, and are drawn seldom.
UNDECIDED = (
    (("LoadCredentialEncrypted=a:{dir}/secret",), ""), (("SetCredentialEncrypted=a:Z2FyYmFnZQ==",), ""), ((USER, "PAMName=login"), ""),
    (("MountImages={dir}/file:{dir}/to",), ""), (("ExtensionImages={dir}/file",), ""), (("RootImage={dir}/file",), ""),
    (("TemporaryFileSystem={dir}/rw:foo=bar",), ""), (("RootDirectory={dir}", "BindReadOnlyPaths=/usr /lib /lib64 {dir}:{dir}"), ""))
KINDS = (EXTENSIONS, PRIVILEGES, LIBRARIES, DIRECTORIES, STREAMS, RESOURCES, MOUNTS, ACCOUNTS, CREDENTIALS, UNDECIDED)
WEIGHTS = (16, 16, 20, 16, 8, 12, 6, 2, 3, 1)


def draw_pair(random) -> tuple[tuple[str, ...], str]:
    """The settings, and the shell that makes the defect; empty if there is none."""
    return random.choice(random.choices(KINDS, WEIGHTS)[0])
