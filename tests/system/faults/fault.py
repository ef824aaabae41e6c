# SPDX-License-Identifier: MIT
"""What a fault is: how it is injected and undone, what must notice it, and what else it reaches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

Step = str | Callable | None  # a shell script for the sandbox, or a function of the Stage

# The wavers of a restart of the system's instance.
USERS_REPORT = dict.fromkeys(("jupyter.service *", "host coverage"),
                             "the user's instance reports every ten seconds, not at once")


@dataclass(frozen=True)
class Turn:
    """A check that must leave pass, and the word with which its finding must say why."""

    unit: str  # as its spec spells it; "host" for a check of the host
    check: str
    reason: str
    status: str = "fail"

    @property
    def key(self) -> str:
        return f"{self.unit} {self.check}"


@dataclass(frozen=True)
class Fault:
    """One case. Its clock starts with `inject`; `prepare` is what must be there before.

    Without `turns` nothing may fail in spite of it, and a real failure right after must be seen.
    `follows` and `wavers` are keyed by "unit check", either of which may be *, and say why that one
    turns, too: the first may fail, the second may be unknown or skipped for a while. Every other
    turn is a false alarm.
    """

    number: str
    title: str
    inject: Step
    undo: Step = None
    prepare: Step = None
    turns: tuple[Turn, ...] = ()
    follows: Mapping[str, str] = field(default_factory=dict)
    wavers: Mapping[str, str] = field(default_factory=dict)
    timeout: float = 15
    kernel_wide: bool = False  # it reaches other sandboxes of this machine

    def allows(self, key: str, to: str) -> bool:
        """Whether a check may have turned to a status in the course of this case.

        systemd writes into the journal how a unit fails, so the check of that may turn with it, and a
        unit that is failed is the host's matter, too.
        """
        hit = {turn.key for turn in self.turns} | set(self.follows)
        logged = {f"{each.split()[0]} journal_errors" for each in hit}
        if any(each.endswith((" service_state", " *")) for each in hit):
            logged.add("host failed_units")
        may_fail = _covers(hit | logged, key)
        return may_fail or (to != "fail" and _covers(self.wavers, key))


def _covers(keys, key: str) -> bool:
    return any(fnmatchcase(key, pattern) for pattern in keys)


def restarts(*units: str) -> dict[str, str]:
    """The wavers of units that are down for a moment."""
    why = {"service_state": "on its way down or up", "port_bindings": "not judged until it is up again",
           "health_probe": "not asked until it is up again"}
    return {f"{unit} {check}": reason for unit in units for check, reason in why.items()}


def drop_in(unit: str, *lines: str, name="fault") -> str:
    """Shell: gives a unit a drop-in of these lines and has systemd read it."""
    folder = f"/etc/systemd/system/{unit}.d"
    text = "\\n".join(lines).replace("'", "'\\''").replace("%", "%%")
    return f"mkdir -p {folder}; printf '{text}\\n' > {folder}/{name}.conf; systemctl daemon-reload"


def without_drop_in(unit: str, name="fault") -> str:
    folder = f"/etc/systemd/system/{unit}.d"
    return f"rm -f {folder}/{name}.conf; rmdir --ignore-fail-on-non-empty {folder} || true; systemctl daemon-reload"


def restarted_with(unit: str, *lines: str) -> dict[str, str]:
    """The steps of a fault that is a restart with other settings."""
    return {"prepare": drop_in(unit, "[Service]", *lines),
            "inject": f"systemctl restart {unit}",
            "undo": f"{without_drop_in(unit)}; systemctl restart {unit}"}
