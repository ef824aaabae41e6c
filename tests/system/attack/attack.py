# SPDX-License-Identifier: MIT
"""What an attack is, and what is promised while it lasts."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

MS = 1_000_000
MB = 1_000_000


@dataclass(frozen=True)
class Promises:
    """Bounds; None is no promise. The time that another server needs for an answer meanwhile is added to both delays."""

    scrape: int | None = 50 * MS
    detection: int | None = 100 * MS
    rss: int = 60 * MB
    restarts: int = 0
    cpu: float | None = None  # of a core


@dataclass(frozen=True)
class Attack:
    """One case: `furnish` is done before the sandbox boots, `prepare` after it, then `during` is entered and all is measured.

    `also` is asked while the attack lasts and returns what else there is to say: each line that breaks a promise
    begins with "BROKEN". `may_turn` are beginnings of "unit check" that really turn, with why.
    """

    name: str
    title: str
    during: Callable[["Stage"], AbstractContextManager] = lambda stage: nullcontext()
    furnish: Callable[["Sandbox"], None] | None = None
    prepare: Callable[["Stage"], None] | None = None
    also: Callable[["Stage"], list[str]] | None = None
    seconds: float = 10
    kills: bool = True
    scrapes: bool = True
    promises: Promises = Promises()
    may_turn: Mapping[str, str] = field(default_factory=dict)
