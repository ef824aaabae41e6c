# SPDX-License-Identifier: MIT
"""What a fault of the surroundings is, and what is promised of it."""

from dataclasses import dataclass

from faults.fault import Step


@dataclass(frozen=True)
class Surrounding:
    """One case: `inject` is done while the load runs, and undone after it has lasted.

    Promised are: the daemon runs on, no counter goes back, nothing fails that is not broken, and afterwards every check says what it
    said before and what an evaluation without the daemon says. `breaks` are beginnings of "unit check" that may really fail.
    """

    name: str
    title: str
    inject: Step
    undo: Step = None
    lasts: float = 0  # seconds
    breaks: tuple[str, ...] = ()
    restarts: int = 0  # of the daemon, by systemd: of its watchdog alone
    begins_anew: bool = False  # the case starts the daemon again, without what it kept
    deadline: float = 45  # seconds until everything is as before
    kernel_wide: bool = False  # it reaches other sandboxes of this machine
