# SPDX-License-Identifier: MIT
"""A case: a device node, the way to it, and the unit that is to open it; as data, and as what makes it."""

from dataclasses import asdict, dataclass, fields, replace

USERS = ("oracle-a", "oracle-b")  # the first is in group oracle-g
GROUPS = ("video", "render", "oracle-g")
ROOT = "/srv/oracle"  # a tree for RootDirectory=, with nothing but the probe


@dataclass(frozen=True)
class Way:
    """A directory, or the node itself: its mode, whose it is, and its ACL as setfacl takes it."""

    mode: int = 0o755
    owner: str = "root"
    group: str = "root"
    acl: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """Everything in which two cases may differ. `{node}`, `{dir}` and `{base}` in settings are its own paths."""

    access: str = "rw"
    base: str = "/dev/oracle"  # where its directory is
    state: str = "there"  # or "missing"; the path is a link to the node, or one that leads to itself: "link", "loop"
    late: str = ""  # "created": the node appears once the unit runs; "reloaded": and systemd reloads afterwards
    number: tuple[int, int] = (195, 0)
    node: Way = Way(0o660, "root", "video")
    directory: Way = Way()
    in_root: bool = False  # the same node exists in ROOT, too
    stays: bool = False  # its process runs on while it is judged
    unit: tuple[str, ...] = ()
    slice: tuple[str, ...] = ()

    def to_json(self) -> dict:
        """Only what is not as in the plainest case."""
        plain = asdict(Case())
        return {key: value for key, value in asdict(self).items() if value != plain[key]}

    @staticmethod
    def from_json(given: dict) -> "Case":
        def plain(value):
            return tuple(map(plain, value)) if isinstance(value, list) else value
        values = {key: plain(value) for key, value in given.items()}
        for key in ("node", "directory"):
            if key in values:
                values[key] = Way(**{name: plain(value) for name, value in given[key].items()})
        return Case(**values)


class Placed:
    """A case under a number of its own: its paths, its unit, and the shell that makes them."""

    def __init__(self, case: Case, number: int):
        self.case, self.number = case, number
        self.directory = f"{case.base}/{number}"
        self.path = f"{self.directory}/node"
        self.unit = f"oracle-{number}.service"
        self.slice = f"oracle-{number}.slice"
        self.output = f"/run/oracle/out/{number}"

    def filled(self, setting: str) -> str:
        return (setting.replace("{node}", self.path).replace("{dir}", self.directory)
                .replace("{base}", self.case.base))

    def make(self) -> str:
        """Shell that makes what is there before the start. The directory comes last: it may shut everybody out."""
        lines = [f"mkdir -p {self.directory}"]
        if self.case.in_root:
            lines.append(f"mkdir -p {ROOT}{self.directory}")
        return "\n".join(lines + ([] if self.case.late else self._nodes()) + self._directories())

    def make_late(self) -> str:
        return "\n".join(self._nodes())

    def _nodes(self) -> list[str]:
        case, where, lines = self.case, self.path, []
        if case.state == "link":
            where = f"{self.directory}/behind"
            lines.append(f"ln -s {where} {self.path}")
        if case.state == "loop":
            lines.append(f"ln -s {self.directory}/behind {self.path}; ln -s {self.path} {self.directory}/behind")
        elif case.state != "missing":
            lines += self._node(where)
        return lines + (self._node(ROOT + self.path) if case.in_root else [])

    def _directories(self) -> list[str]:
        in_root = _permitted(ROOT + self.directory, self.case.directory) if self.case.in_root else []
        return in_root + _permitted(self.directory, self.case.directory)

    def start(self) -> str:
        """The command that starts the unit, transiently over D-Bus."""
        settings = [*map(self.filled, self.case.unit), "StandardInput=file:/run/oracle/empty",
                    f"StandardOutput=file:{self.output}", "StandardError=inherit"]
        how = "late" if self.case.late else "stay" if self.case.stays else ""
        if not how:
            settings += ["RemainAfterExit=yes"]
        words = ["systemd-run", "--quiet", "--no-block", f"--unit={self.unit}"]
        words += [f"--slice={self.slice}"] if self.case.slice else []
        words += [f"--property='{each}'" for each in settings]
        return " ".join([*words, "/opt/oracle/probe", self.path, how])

    def slice_file(self) -> str:
        return "[Slice]\n" + "".join(f"{self.filled(each)}\n" for each in self.case.slice)

    def spec(self) -> dict:
        request = {"devices": [self.path], "access": self.case.access, "looks_once": False}
        return {"unit": self.unit, "checks": {"gpu_device_access": request}}

    def _node(self, where: str) -> list[str]:
        major, minor = self.case.number
        return [f"mknod {where} c {major} {minor}", *_permitted(where, self.case.node)]


def _permitted(path: str, way: Way) -> list[str]:
    lines = [f"chown {way.owner}:{way.group} {path}", f"chmod {way.mode:04o} {path}"]
    return lines + ([f"setfacl -m {','.join(way.acl)} {path}"] if way.acl else [])


def simpler(case: Case) -> list[Case]:
    """Every case that differs from it in one thing, which is as in the plainest case, or gone."""
    plain, out = Case(), []
    for each in fields(Case):
        value = getattr(case, each.name)
        if each.name in ("unit", "slice"):
            out += [replace(case, **{each.name: value[:i] + value[i + 1:]}) for i in range(len(value))]
        elif isinstance(value, Way):
            for part in fields(Way):
                usual = getattr(getattr(plain, each.name), part.name)
                if getattr(value, part.name) != usual:
                    out.append(replace(case, **{each.name: replace(value, **{part.name: usual})}))
        elif value != getattr(plain, each.name):
            out.append(replace(case, **{each.name: getattr(plain, each.name)}))
    return out
