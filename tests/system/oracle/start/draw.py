# SPDX-License-Identifier: MIT
"""Draws cases. The weights are such that about half of the starts fail, each for one reason of many."""

from random import Random

from .case import PLACES, Case
from .pairs import draw_pair

COMMANDS = ("{dir}/bin/probe",) * 5 + ("{dir}/bin/link", "{dir}/bin/script", "{dir}/bin/script", "{dir}/bin/env-script",
            "{dir}/bin/chain4", "{dir}/bin/chain5", "probe", "/usr/bin/sleep infinity", "sleep infinity")
PREFIXES = ("",) * 8 + ("+", "!", "!!")  # a start whose failure is ignored has no outcome
USERS = (("",) * 5, ("User=oracle-a",) * 6, ("User=oracle-b", "Group=oracle-g"), ("DynamicUser=yes",) * 2,
         ("User=root", "User=4100", "User=4999", "User=start-gone", "Group=start-gone", "Group=4999",
          "SupplementaryGroups=oracle-g", "SupplementaryGroups=start-gone", "SupplementaryGroups=4999"))
LISTS = ("ReadWritePaths", "ReadOnlyPaths", "InaccessiblePaths", "ExecPaths", "NoExecPaths")
LISTED = ("{dir}/rw", "{dir}/rw", "{dir}/none", "-{dir}/none", "-{dir}/rw", "{dir}/rw/none", "{dir}/file", "{dir}/dangling",
          "{dir}/work-link", "/home/start", "/srv/start", "{dir}", "{dir}/bin", "{dir}/bin/probe", "/usr/lib", "/nowhere")
MOUNTS = (
    ("ProtectSystem=strict",), ("ProtectSystem=strict", "ReadWritePaths={dir}/rw"), ("ProtectSystem=full",),
    ("ProtectSystem=yes",), ("ProtectHome=yes",), ("ProtectHome=yes",), ("ProtectHome=tmpfs",),
    ("ProtectHome=tmpfs", "BindReadOnlyPaths={dir}"), ("ProtectHome=yes", "BindReadOnlyPaths={dir}"), ("ProtectHome=read-only",),
    ("PrivateTmp=yes",), ("PrivateTmp=yes", "BindPaths={dir}"), ("TemporaryFileSystem={dir}",), ("TemporaryFileSystem=/srv",),
    ("TemporaryFileSystem={dir}/rw", "ReadWritePaths={dir}/rw/sub"), ("TemporaryFileSystem={dir}/rw:mode=0700",),
    ("TemporaryFileSystem={dir}", "BindReadOnlyPaths={dir}/bin {dir}/lib"),
    ("TemporaryFileSystem={dir}", "ReadOnlyPaths=-{dir}"), ("TemporaryFileSystem={dir}/work", "ReadOnlyPaths={dir}/work-link"),
    ("ProtectHome=tmpfs", "ReadWritePaths=/home"),
    ("BindPaths={dir}/rw:{dir}/to",), ("BindReadOnlyPaths={dir}/none:{dir}/to",), ("BindReadOnlyPaths=-{dir}/none:{dir}/to",),
    ("BindReadOnlyPaths={dir}/file:{dir}/rw",), ("BindReadOnlyPaths={dir}/rw:{dir}/file",),
    ("BindReadOnlyPaths={dir}/bin/probe:{dir}/bin/interp",), ("BindReadOnlyPaths={dir}/empty:{dir}/bin",),
    ("BindReadOnlyPaths={dir}/bin:{dir}/rw",), ("InaccessiblePaths={dir}/bin",), ("InaccessiblePaths={dir}/bin/probe",),
    ("InaccessiblePaths={dir}/work",), ("NoExecPaths=/", "ExecPaths=/usr /lib /lib64 {dir}"),
    ("NoExecPaths={dir}",), ("NoExecPaths={dir}", "ExecPaths={dir}/bin {dir}/lib"), ("NoExecPaths=/usr/lib/x86_64-linux-gnu",),
    ("PrivateDevices=yes",), ("PrivateUsers=yes",), ("RootDirectory={dir}/none",), ("NetworkNamespacePath={dir}/none",),
    ("NetworkNamespacePath={dir}/file",), ("NetworkNamespacePath=/run/netns/oracle",),
    ("ExtensionDirectories=-{dir}/none",), ("ExtensionDirectories={dir}/none",))
WORKING = ("{dir}/work",) * 4 + ("-{dir}/work", "{dir}/none", "-{dir}/none", "{dir}/file", "{dir}/work-link", "~", "/home/start",
           "/var/lib/start-{n}", "/run/start-{n}", "/var/lib/start-{n}/sub", "/tmp", "/root")
STREAMS = ("StandardOutput=append:{dir}/log/out", "StandardOutput=file:{dir}/log/out", "StandardOutput=truncate:{dir}/log/%n",
           "StandardError=append:{dir}/log/err", "StandardInput=file:{dir}/in", "StandardOutput=append:{dir}/none/out",
           "StandardError=append:{dir}/rw", "StandardOutput=append:{dir}/dangling", "StandardOutput=append:/var/log/start-{n}/x",
           "StandardInput=file:{dir}/none", "StandardOutput=null")
DIRECTORIES = ("StateDirectory=start-{n}", "StateDirectory=start-{n}/sub", "CacheDirectory=start-{n}", "LogsDirectory=start-{n}",
               "RuntimeDirectory=start-{n}", "ConfigurationDirectory=start-{n}", "StateDirectory=start-{n} start-{n}-more")
OTHERS = ("EnvironmentFile={dir}/env", "EnvironmentFile=-{dir}/none", "EnvironmentFile={dir}/none", "EnvironmentFile={dir}/rw",
          "LoadCredential=a:{dir}/secret", "LoadCredential=a:{dir}/none", "LoadCredential=start-nowhere",
          "CapabilityBoundingSet=", "CapabilityBoundingSet=CAP_NET_RAW", "AmbientCapabilities=CAP_DAC_OVERRIDE", "NoNewPrivileges=yes", "ExecSearchPath={dir}/bin",
          "Environment=PATH={dir}/bin:/usr/bin")
BEFORE = ("ExecStartPre={dir}/bin/probe 0", "ExecStartPre=+{dir}/bin/probe 0", "ExecStartPre=!{dir}/bin/probe 0",
          "ExecStartPre=-{dir}/bin/none", "ExecStartPre={dir}/bin/none", "ExecStartPost={dir}/bin/none",
          "ExecStartPost={dir}/bin/probe 0", "ExecCondition={dir}/bin/none", "ExecCondition=/bin/true", "ExecStopPost={dir}/bin/none",
          "ExecStartPre=/bin/true", "ExecReload={dir}/bin/none")
OF_PROGRAM = ("rm {dir}/bin/probe", "chmod 700 {dir}/bin/probe", "chmod 644 {dir}/bin/probe", "chmod 711 {dir}/bin/script",
              "chown oracle-a {dir}/bin/probe; chmod 500 {dir}/bin/probe", "chgrp oracle-g {dir}/bin/probe; chmod 754 {dir}/bin/probe",
              "rm {dir}/lib/liboracle.so", "mv {dir}/lib {dir}/library", "rm {dir}/bin/interp", "chmod 700 {dir}/bin/interp",
              "ln -sfn {dir}/nowhere {dir}/bin/interp", "rm /usr/local/bin/start-tool-{n}", "chmod 700 {dir}/bin",
              "chmod 711 {dir}/bin", "chown oracle-a {dir}/bin; chmod 700 {dir}/bin", "cp /dev/null {dir}/bin/probe",
              "rm {dir}/bin/probe; mkdir {dir}/bin/probe", "setfacl -m u:oracle-a:- {dir}/bin/probe", "ln -sfn loop {dir}/bin/link",
              "printf 'echo\\n' > {dir}/bin/script", "setfacl -m u:oracle-a:- {dir}/bin", "chmod 000 {dir}/bin/probe",
              "setcap cap_net_raw=ep {dir}/bin/interp", "setcap cap_net_raw=p {dir}/bin/interp", "setcap cap_net_raw=eip {dir}/bin/interp")
OF_FILES = ("rmdir {dir}/work", "chmod 700 {dir}/work", "chmod 711 {dir}/work", "rmdir {dir}/work; touch {dir}/work", "rmdir {dir}/rw",
            "rmdir {dir}/log", "rmdir {dir}/log; ln -s {dir}/work {dir}/log", "chmod 700 {dir}/log", "rm {dir}/env", "rm {dir}/secret",
            "chmod 600 {dir}/env", "rm {dir}/in", "rm {dir}/file", "mkdir {dir}/none", "touch {dir}/none", "mkdir {dir}/to",
            "chown oracle-b {dir}/work; chmod 700 {dir}/work")
OF_DIRECTORIES = ("touch /var/lib/start-{n}", "ln -s {dir}/nowhere /var/lib/start-{n}", "ln -s {dir}/rw /var/lib/start-{n}",
                  "mkdir -m 700 /var/lib/start-{n}", "touch /run/start-{n}", "touch /var/log/start-{n}", "touch /etc/start-{n}",
                  "ln -s {dir}/nowhere /etc/start-{n}", "ln -s {dir}/rw /etc/start-{n}", "mkdir /var/cache/start-{n}",
                  "ln -s {dir}/nowhere /var/cache/start-{n}", "mkdir -p /var/log/start-{n}")


def draw(random: Random) -> Case:
    """Half of the cases have a setting together with what may be amiss with it, and little else."""
    place = random.choices(PLACES, (70, 20, 10))[0]
    if random.random() < 0.5:
        settings, defect = draw_pair(random)
        more = _settings(random) if random.random() < 0.2 else ()
        return Case(place=place, command=random.choice(PREFIXES) + random.choice(COMMANDS[:8]), unit=(*settings, *more),
                    defects=(defect,) if defect else ())
    return Case(place=place, command=random.choice(PREFIXES) + random.choice(COMMANDS),
                unit=(*_users(random), *_settings(random)), defects=_defects(random))


def _users(random) -> list[str]:
    user = random.choice(random.choices(USERS, (40, 40, 6, 8, 6))[0])
    return [user] if user else []


def _settings(random) -> list[str]:
    out = []
    for likely, choices in ((0.10, BEFORE), (0.20, STREAMS), (0.25, DIRECTORIES), (0.15, OTHERS)):
        out += [random.choice(choices)] if random.random() < likely else []
    if random.random() < 0.3:
        out.append(f"WorkingDirectory={random.choice(WORKING)}")
    if random.random() < 0.25:
        out.append(f"{random.choice(LISTS)}={random.choice(LISTED)}")
    if random.random() < 0.3:
        out += random.choice(MOUNTS)
    return out


def _defects(random) -> tuple[str, ...]:
    out = []
    for likely, choices in ((0.22, OF_PROGRAM), (0.25, OF_FILES), (0.15, OF_DIRECTORIES)):
        out += [random.choice(choices)] if random.random() < likely else []
    return tuple(out)
