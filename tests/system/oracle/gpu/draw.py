# SPDX-License-Identifier: MIT
"""Draws cases. The weights are such that every layer of the kernel denies now and then."""

from dataclasses import replace
from random import Random

from .case import GROUPS, USERS, Case, Way

NUMBERS = ((195, 0),) * 6 + ((195, 255), (226, 128), (13, 200), (1, 3), (1, 5))
MODES = (0o660,) * 6 + (0o600, 0o666, 0o640, 0o606, 0o060, 0o006, 0o620, 0o044, 0o000)
ACL_ENTRIES = ("u:oracle-a:rw", "u:oracle-b:r", "u:oracle-a:-", "g:video:rw", "g:video:r", "g:render:rw",
               "g:oracle-g:w", "g:oracle-g:rw", "g:render:-")
MASKS = ("m::rw", "m::r", "m::-", "m::w")
# Nearly all of them let the daemon look inside: what only root may search it cannot decide.
SHUT_TO_SOME = (Way(0o655, "oracle-a"), Way(0o745, "root", "video"), Way(acl=("u:oracle-a:-",)),
                Way(acl=("g:render:r",)), Way(0o711), Way(0o751, "root", "oracle-g"), Way(0o705, "root", "oracle-g"))
SHUT = (Way(0o750, "root", "video"), Way(0o700))
ALLOWED = ("{node} rw", "{node} rw", "{node} r", "{node} w", "{node} rwm", "{node}", "/dev/null rw", "/dev/zero r",
           "char-input rw", "char-inp* r", "char-mem rw", "char-nosuch rw", "char-no* rw", "char-* r", "char-* rw",
           "block-* rw", "char-195 rw", "char-226 w", "/dev/char/195:0 rw", "/dev/nosuch rw", "char-pts rw")
CAPABILITIES = ("", "~CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "~CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH",
                "CAP_NET_ADMIN", "CAP_DAC_OVERRIDE")


BASES = ("/dev/oracle", "/var/tmp/oracle", "/tmp/oracle")


def draw(random: Random) -> Case:
    base = random.choices(BASES, (88, 8, 4))[0]
    late = random.choices(("", "created", "reloaded"), (84, 10, 6))[0]
    case = _draw(random, base, late)
    if base == "/dev/oracle" and not late:
        return case

    def is_possible(setting):
        """DeviceAllow= names nodes in /dev only; systemd creates what a mount is to cover, or leaves the mount out."""
        is_elsewhere = base != "/dev/oracle" and setting.startswith("DeviceAllow={node}")
        is_over_it = setting.endswith((":{node}", "=-{node}")) and setting.startswith(("BindPaths=", "InaccessiblePaths="))
        return not (is_elsewhere or (late and is_over_it))
    return replace(case, unit=tuple(filter(is_possible, case.unit)), slice=tuple(filter(is_possible, case.slice)))


def _draw(random: Random, base: str, late: str) -> Case:
    return Case(
        access=random.choice(("r", "w", "rw", "rw")),
        base=base,
        late=late,
        state=random.choices(("there", "missing", "link", "loop"), (84, 4, 9, 3))[0],
        number=random.choice(NUMBERS),
        node=_node(random),
        directory=_directory(random),
        in_root=random.random() < 0.5,
        stays=random.random() < 0.4,
        unit=(*_identity(random), *_capabilities(random), *_policy(random, 0.45), *_mounts(random)),
        slice=tuple(_policy(random, 0.2)))


def _node(random) -> Way:
    acl = ()
    if random.random() < 0.3:
        acl = tuple(random.sample(ACL_ENTRIES, random.randint(1, 3)))
        acl = tuple({entry.rsplit(":", 1)[0]: entry for entry in acl}.values())
        acl += (random.choice(MASKS),) if random.random() < 0.5 else ()
    mode = random.choice(MODES) if random.random() < 0.9 else random.randrange(0o1000)
    return Way(mode, random.choice(("root",) * 3 + USERS), random.choice(("root", "video", *GROUPS)), acl)


def _directory(random) -> Way:
    return random.choice(random.choices(((Way(),), SHUT_TO_SOME, SHUT), (83, 15, 2))[0])


def _identity(random) -> list[str]:
    kind = random.choices(("root", "a", "b", "dynamic"), (20, 35, 15, 30))[0]
    out = {"root": [], "a": ["User=oracle-a"], "b": ["User=oracle-b"], "dynamic": ["DynamicUser=yes"]}[kind]
    if random.random() < 0.2:
        out.append(f"Group={random.choice(GROUPS)}")
    if random.random() < 0.55:
        out.append(f"SupplementaryGroups={' '.join(random.sample(GROUPS, random.randint(1, 2)))}")
    if random.random() < 0.15:
        out.append("PrivateUsers=yes")
    if kind == "root" and random.random() < 0.1:
        out.append("SecureBits=noroot")
    return out


def _capabilities(random) -> list[str]:
    out = []
    if random.random() < 0.25:
        out.append(f"CapabilityBoundingSet={random.choice(CAPABILITIES)}")
    if random.random() < 0.15:
        out.append(f"AmbientCapabilities={random.choice(('CAP_DAC_OVERRIDE', 'CAP_DAC_READ_SEARCH'))}")
    return out


def _policy(random, likely) -> list[str]:
    if random.random() >= likely:
        return []
    allowed = random.sample(ALLOWED, random.choice((0, 1, 1, 2, 2, 3)))
    if random.random() < 0.45:
        allowed.append("{node} rw")
    policy = random.choice(("auto", "auto", "closed", "closed", "strict"))
    out = [f"DevicePolicy={policy}"] if policy != "auto" or random.random() < 0.3 else []
    return out + [f"DeviceAllow={each}" for each in allowed]


def _mounts(random) -> list[str]:
    if random.random() < 0.6:
        return []
    return list(random.choice((
        ("PrivateDevices=yes",), ("PrivateDevices=no",),
        ("PrivateDevices=yes", "BindPaths={node}"),
        ("PrivateDevices=yes", "BindPaths={dir}", "DeviceAllow={node} rw"),
        ("PrivateDevices=yes", "BindReadOnlyPaths={node}", "DeviceAllow=char-* rw"),
        ("InaccessiblePaths={node}",), ("InaccessiblePaths=-{dir}",), ("InaccessiblePaths={base}", "BindPaths={node}"),
        ("InaccessiblePaths=-{node}",), ("InaccessiblePaths=-{node}", "TemporaryFileSystem={dir}"),
        ("TemporaryFileSystem=/dev",), ("TemporaryFileSystem={dir}",),
        ("TemporaryFileSystem={base}", "BindPaths=-{node}"), ("TemporaryFileSystem={base}", "BindPaths={dir}"),
        ("TemporaryFileSystem=/dev", "TemporaryFileSystem={base}", "BindReadOnlyPaths={node}"),
        ("BindPaths=/dev/oracle/shelf:{dir}", "BindPaths=/dev/oracle/other:{node}"),
        ("BindPaths={dir}:/dev/oracle/shelf", "BindPaths=/dev/oracle/shelf:{dir}"),
        ("BindPaths=/dev/oracle:{base}", "TemporaryFileSystem={dir}"),
        ("PrivateTmp=yes",), ("PrivateTmp=yes", "BindPaths={dir}"), ("PrivateTmp=yes", "BindPaths={node}"),
        ("BindPaths=/dev/zero:{node}",), ("BindPaths=/dev/oracle/other:{node}",), ("BindPaths=/dev/oracle/shelf:{dir}",),
        ("BindPaths=/run/oracle/nodes:{dir}",),
        ("RootDirectory=/srv/oracle",), ("RootDirectory=/srv/oracle", "MountAPIVFS=no"),
        ("RootDirectory=/srv/oracle", "MountAPIVFS=no"),
        ("RootDirectory=/srv/oracle", "PrivateDevices=yes"), ("RootDirectory=/srv/oracle", "BindPaths={node}"),
        ("RootDirectory=/srv/oracle", "InaccessiblePaths=+{node}"), ("RootDirectory=/srv/oracle", "InaccessiblePaths={node}"),
        ("ProtectSystem=strict", "ReadOnlyPaths=/dev"), ("ProtectClock=yes",), ("PrivateTmp=yes", "ProtectHome=yes"))))
