# SPDX-License-Identifier: MIT
"""Random units: how each is set up in a lasting way, and what a person may do to it that a reboot undoes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

ETC, VENDOR, RUN = "/etc/systemd/system", "/usr/local/lib/systemd/system", "/run/systemd/system"
EARLY, LATE, BEHIND = "/opt/early", "/srv/late", "/var/behind-late"  # LATE is a bind mount of BEHIND by /etc/fstab
DATA = "/srv/data"  # as is this one, of /var/behind-data
FSTAB = f"{BEHIND} {LATE} none bind,nofail 0 0\n/var/behind-data {DATA} none bind 0 0\n"
RELOAD = "systemctl daemon-reload"
HEALTHY_SHARE = 0.5


@dataclass
class Unit:
    """`lines` go to [Unit] and [Service]; the steps are shell, and run in this order around its start."""

    name: str  # without the type
    unit: list[str] = field(default_factory=list)
    service: list[str] = field(default_factory=list)
    path: str = ""
    before: list[str] = field(default_factory=list)  # its unit file is there, and nothing is loaded
    start: str = ""
    after: list[str] = field(default_factory=list)  # it runs
    last: list[str] = field(default_factory=list)  # nothing reloads any more
    fault: str = ""  # what was done to it; empty for a healthy unit
    needs: str = ""  # a path that must be on the same mount after the reboot
    needed: str = ""  # a unit that must be active again
    has_install: bool = True
    group: str = ""  # units of one group break together: at least one of them

    def __post_init__(self):
        self.path = self.path or f"{ETC}/{self.id}"
        self.start = self.start or f"systemctl --quiet enable --now {self.id}"

    @property
    def id(self) -> str:
        return f"{self.name}.service"

    @property
    def drop_ins(self) -> str:
        return f"{ETC}/{self.id}.d"

    def text(self) -> str:
        install = ["[Install]", "WantedBy=multi-user.target"] if self.has_install else []
        lines = ["[Unit]", *self.unit, "[Service]", "ExecStart=/usr/bin/sleep infinity", *self.service, *install, ""]
        return "\\n".join(lines)

    def writing(self) -> str:
        return f"mkdir -p $(dirname {self.path}); printf '{self.text()}' > {self.path}"


def file_at(path: str, *lines: str) -> str:
    text = "\\n".join([*lines, ""])
    return f"mkdir -p {path.rpartition('/')[0]}; printf '{text}' > {path}"


# -- healthy, in as many ways as there are reasons for a false alarm


def plain(unit: Unit, _):
    pass


def with_drop_in(unit: Unit, _):
    unit.before.append(file_at(f"{unit.drop_ins}/limit.conf", "[Service]", "LimitNOFILE=4321"))


def with_property(unit: Unit, _):
    unit.after.append(f"systemctl set-property {unit.id} CPUWeight=50")


def with_state(unit: Unit, _):
    unit.service += [f"StateDirectory={unit.name}", "PrivateTmp=yes", f"RuntimeDirectory={unit.name}"]


def of_vendor(unit: Unit, _):
    unit.path = f"{VENDOR}/{unit.id}"


def linked(unit: Unit, _):
    unit.path = f"{EARLY}/{unit.id}"
    unit.start = f"systemctl --quiet enable --now {unit.path}"


def secret(unit: Unit, _):
    unit.before.append(f"chmod 600 {unit.path}")


def aliased(unit: Unit, _):
    unit.before.append(f"ln -s {unit.path} {ETC}/{unit.name}-alias.service")


def static(unit: Unit, _):
    unit.has_install = False
    unit.start = f"systemctl --quiet add-wants multi-user.target {unit.id}; systemctl start {unit.id}"


def by_own_target(unit: Unit, _):
    unit.has_install = False
    unit.before += [file_at(f"{ETC}/{unit.name}.target", "[Unit]", f"Wants={unit.id}", "[Install]",
                            "WantedBy=multi-user.target"), f"systemctl --quiet enable {unit.name}.target"]
    unit.start = f"{RELOAD}; systemctl start {unit.name}.target"


def by_timer(unit: Unit, _):
    unit.has_install = False
    unit.before += [file_at(f"{ETC}/{unit.name}.timer", "[Timer]", "OnBootSec=1ms", "OnActiveSec=1ms", "[Install]",
                            "WantedBy=timers.target"), f"systemctl --quiet enable {unit.name}.timer"]
    unit.start = f"{RELOAD}; systemctl start {unit.name}.timer {unit.id}"


def with_condition(unit: Unit, random: Random):
    path = f"/etc/conditions/{unit.name}"
    unit.unit += random.choice([
        [f"ConditionPathExists={path}"], [f"ConditionPathExists=!{path}.off"], [f"ConditionFileNotEmpty={path}"],
        [f"ConditionPathExists=|{path}.off", f"ConditionPathExists=|{path}"], [f"ConditionPathExistsGlob={path}*"],
        [f"AssertPathExists={path}"], ["ConditionPathExists=/run/systemd/system", "ConditionVirtualization=container"],
        ["ConditionDirectoryNotEmpty=/etc/conditions"]])
    unit.before.append(file_at(path, "x"))


def on_defined_mount(unit: Unit, _):
    unit.unit.append(f"RequiresMountsFor={DATA}/{unit.name}")
    unit.needs = DATA


def on_mount_unit(unit: Unit, _):
    point = f"/srv/{unit.name}"
    unit.before.append(file_at(f"{ETC}/srv-{unit.name}.mount", "[Mount]", "What=tmpfs", f"Where={point}", "Type=tmpfs"))
    unit.unit.append(f"RequiresMountsFor={point}")
    unit.needs = point


def in_a_chain(unit: Unit, _):
    unit.needed = f"{unit.name}-first.service"
    unit.unit += [f"After={unit.name}-first.service", f"Requires={unit.name}-first.service"]
    unit.before.append(file_at(f"{ETC}/{unit.name}-first.service", "[Unit]", f"Before={unit.id}", "[Service]",
                               "Type=oneshot", "RemainAfterExit=yes", "ExecStart=/usr/bin/true"))


def one_way(unit: Unit, _):
    """After= a unit that is ordered after it, but that no boot starts: no cycle."""
    unit.unit.append(f"After={unit.name}-other.service")
    unit.before.append(file_at(f"{ETC}/{unit.name}-other.service", "[Unit]", f"After={unit.id}", "[Service]",
                               "ExecStart=/usr/bin/sleep infinity"))


HEALTHY: list[Callable] = [plain, with_drop_in, with_property, with_state, of_vendor, linked, secret, aliased, static,
                           by_own_target, by_timer, with_condition, with_condition, on_defined_mount, on_mount_unit,
                           in_a_chain, one_way]


# -- what a reboot undoes


def not_enabled(unit: Unit, _):
    unit.start = f"{RELOAD}; systemctl start {unit.id}"


def enabled_at_run_time(unit: Unit, _):
    unit.start = f"systemctl --quiet enable --runtime --now {unit.id}"


def link_removed(unit: Unit, _):
    unit.after.append(f"rm {ETC}/multi-user.target.wants/{unit.id}")


def file_removed(unit: Unit, _):
    unit.after.append(f"rm {unit.path}")


def file_in_run(unit: Unit, _):
    unit.path = f"{RUN}/{unit.id}"
    unit.start = (f"{RELOAD}; ln -s {unit.path} {ETC}/multi-user.target.wants/; {RELOAD}; systemctl start {unit.id}")


def covered_in_run(unit: Unit, _):
    unit.path = f"{VENDOR}/{unit.id}"
    # A drop-in of the unit may set LimitNOFILE=, and would hide that the next boot lacks it.
    unit.before.append(f"mkdir -p {RUN}; (cat {unit.path}; printf '[Service]\\nNice=7\\n') > {RUN}/{unit.id}")


def drop_in_in_run(unit: Unit, random: Random):
    step = file_at(f"{RUN}/{unit.id}.d/run.conf", "[Service]", "LimitNOFILE=4322")
    random.choice([unit.before, unit.after]).append(step)
    unit.after.append(f"{RELOAD}; systemctl restart {unit.id}")


def property_at_run_time(unit: Unit, _):
    unit.after.append(f"systemctl set-property --runtime {unit.id} CPUWeight=50")


def file_on_late_mount(unit: Unit, _):
    unit.path = f"{LATE}/{unit.id}"
    unit.start = f"systemctl --quiet enable --now {unit.path}"


def drop_in_on_late_mount(unit: Unit, _):
    unit.before += [file_at(f"{LATE}/{unit.name}.conf", "[Service]", "LimitNOFILE=4322"),
                    f"mkdir -p {unit.drop_ins}; ln -s {LATE}/{unit.name}.conf {unit.drop_ins}/zz-late.conf"]


def file_on_hand_mount(unit: Unit, _):
    point = f"/mnt/{unit.name}"
    unit.path = f"{point}/{unit.id}"
    unit.start = f"systemctl --quiet enable --now {unit.path}"


def mounted_by_hand(unit: Unit, random: Random):
    point = f"/srv/{unit.name}"
    mount = f"mkdir -p {point}; mount -t tmpfs tmpfs {point}"
    unit.unit.append(f"RequiresMountsFor={point}/below")
    random.choice([unit.before, unit.after]).append(mount)
    unit.needs = point


def condition_gone(unit: Unit, random: Random):
    path = f"/etc/conditions/{unit.name}"
    kind = random.choice(["ConditionPathExists=", "ConditionFileNotEmpty=", "AssertPathExists=", "ConditionPathExistsGlob=",
                          "ConditionPathExists=|"])
    unit.unit.append(f"{kind}{path}")
    unit.before.append(file_at(path, "x"))
    unit.after.append(f"rm {path}")


def condition_forbids(unit: Unit, _):
    unit.unit.append(f"ConditionPathExists=!/etc/conditions/{unit.name}.off")
    unit.after.append(file_at(f"/etc/conditions/{unit.name}.off", "x"))


def needs_unit_in_run(unit: Unit, _):
    """At boot, systemd starts what requires a missing unit without it."""
    unit.needed = f"{unit.name}-need.service"
    unit.unit += [f"Requires={unit.name}-need.service", f"After={unit.name}-need.service"]
    unit.before.append(file_at(f"{RUN}/{unit.name}-need.service", "[Service]", "ExecStart=/usr/bin/sleep infinity"))


def of_unwanted_target(unit: Unit, _):
    unit.has_install = False
    unit.before.append(file_at(f"{ETC}/{unit.name}.target", "[Unit]", f"Wants={unit.id}"))
    unit.start = f"{RELOAD}; systemctl start {unit.name}.target"


def alias_moved(unit: Unit, _):
    alias = f"{ETC}/{unit.name}-alias.service"
    unit.before.append(f"ln -s {unit.path} {alias}")
    unit.last += [file_at(f"{ETC}/{unit.name}-other.service", "[Service]", "ExecStart=/usr/bin/sleep infinity"),
                  f"ln -sfn {ETC}/{unit.name}-other.service {alias}"]


FAULTS: list[Callable] = [not_enabled, enabled_at_run_time, link_removed, file_removed, file_in_run, covered_in_run,
                          drop_in_in_run, drop_in_in_run, property_at_run_time, file_on_late_mount, file_on_late_mount,
                          drop_in_on_late_mount, file_on_hand_mount, mounted_by_hand, mounted_by_hand, condition_gone,
                          condition_gone, condition_forbids, needs_unit_in_run, of_unwanted_target, alias_moved]


def cycle(names: list[str], random: Random) -> list[Unit]:
    """Each is ordered after the next, by its own line or by one of the other."""
    units = [Unit(name, fault="cycle", group=names[0]) for name in names]
    for unit, other in zip(units, units[1:] + units[:1]):
        if random.random() < 0.5:
            unit.unit.append(f"After={other.id}")
        else:
            other.unit.append(f"Before={unit.id}")
    return units


def draw(random: Random, count: int) -> list[Unit]:
    """A population of units."""
    units: list[Unit] = []
    if random.random() < 0.7:
        units += cycle([f"u{number:02}" for number in range(random.randint(2, 4))], random)
    while len(units) < count:
        unit = Unit(f"u{len(units):02}")
        is_healthy = random.random() < HEALTHY_SHARE
        how = random.choice(HEALTHY if is_healthy else FAULTS)
        unit.fault = "" if is_healthy else how.__name__
        if not is_healthy and random.random() < 0.3:
            random.choice([with_drop_in, with_state])(unit, random)
        how(unit, random)
        units.append(unit)
    return units
