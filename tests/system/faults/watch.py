# SPDX-License-Identifier: MIT
"""Follows what checklistd serves over HTTP and keeps every state of it with the moment it was read."""

import http.client
import json
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

PORT = 10558
ATTEMPTS_PAUSE = 0.02  # seconds, while the daemon or its container is away
HOST = "host"  # what host checks have in place of a unit
STATUSES = ("skip", "pass", "unknown", "fail")  # by the number of their result
SAMPLE = re.compile(r"checklist_(\w+)\{(.*)\} (\S+)")
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
# What of the report may differ between two equal states of a host: times, counters, free details.
VARIABLE = {"generation", "made", "totals", "changes", "since", "started", "restarts", "details",
            "last_trigger", "next_elapse"}


@dataclass(frozen=True)
class Seen:
    """One state: statuses and findings as /metrics shows them, the report as JSON shows it."""

    moment: float
    status: dict[str, str]  # by "unit check"
    findings: set[tuple[str, str, str]]  # ("unit check", status, reason), none of those that pass
    reasons: dict[tuple[str, str], str]  # by ("unit check", status): one of its findings as text
    turns: Counter  # by ("unit check", status turned to)
    picture: object  # the report without what is VARIABLE

    def shows(self, turn) -> bool:
        return (self.status.get(turn.key) == turn.status
                and (turn.key, turn.status, turn.reason) in self.findings)

    def not_passing(self) -> list[str]:
        return [f"{key} is {status}" for key, status in self.status.items()
                if status not in ("pass", "skip")]

    def all_passes(self) -> bool:
        """In the report, too, which is read a moment before the metrics and may be older."""
        return bool(self.status) and not self.not_passing() and statuses(self.picture) <= {"pass", "skip"}


@dataclass
class Watch:
    """A thread that asks by long poll, so that a state is read milliseconds after it is published."""

    fetch: object  # (path, headers, timeout) -> Answer
    seen: list[Seen] = field(default_factory=list)
    _news: threading.Condition = field(default_factory=threading.Condition)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self):
        self._stopped = threading.Event()  # its own: a previous thread may still be running
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def stop(self):
        """Before the container goes down; the thread may still wait for an answer that never comes."""
        self._stopped.set()

    def mark(self) -> int:
        """Where in `seen` the latest state is."""
        return len(self.seen) - 1

    def turns_since(self, mark: int) -> set[tuple[str, str]]:
        """("unit check", status) of every turn: counted by the daemon, or between two states read."""
        with self._news:
            seen = self.seen[mark:]
        turns = set(seen[-1].turns - seen[0].turns)
        for before, after in pairwise(seen):
            turns |= {(key, status) for key, status in after.status.items()
                      if before.status.get(key, status) != status}
        return turns

    def reasons_since(self, mark: int, key: str, status: str) -> str:
        """Why a check had that status, as far as a state was read in which it had."""
        with self._news:
            reasons = dict(pair for seen in self.seen[mark:] for pair in seen.reasons.items())
        return "; ".join(sorted(why for (name, is_), why in reasons.items() if (name, is_) == (key, status)))

    @property
    def latest(self) -> Seen | None:
        return self.seen[-1] if self.seen else None

    def first(self, condition, since: float, timeout: float) -> Seen | None:
        """The first state read after `since` that meets the condition, waiting for one if need be."""
        def find():
            return next((seen for seen in self.seen if seen.moment >= since and condition(seen)), None)
        with self._news:
            return self._news.wait_for(find, timeout)

    def until(self, condition, timeout: float) -> bool:
        """Waits until the latest state meets the condition; whether it does."""
        with self._news:
            return bool(self._news.wait_for(lambda: self.latest and condition(self.latest), timeout))

    def _follow(self):
        stopped, etag = self._stopped, ""
        while not stopped.is_set():
            try:
                answer = self.fetch("/api/v1/report?wait=20s", {"If-None-Match": etag}, 30)
                if answer.status == 200:
                    etag = answer.headers["etag"]
                    metrics = self.fetch("/metrics", {}, 5).body
                    self._take(stopped, read(metrics, json.loads(answer.body)))
                elif answer.status != 304:
                    stopped.wait(ATTEMPTS_PAUSE)
            except (OSError, http.client.HTTPException):
                stopped.wait(ATTEMPTS_PAUSE)

    def _take(self, stopped, seen: Seen):
        with self._news:
            if not stopped.is_set():
                self.seen.append(seen)
                self._news.notify_all()


def read(metrics: str, report) -> Seen:
    moment, status, findings, reasons, turns = time.monotonic(), {}, set(), {}, Counter()
    for owner in (*report["services"], *([report["host"]] if "host" in report else [])):
        for check in owner["checks"]:
            key = f"{owner.get('unit', HOST)} {check['check']}"
            turns.update({(key, to): count for to, count in check["changes"].items()})
    for family, labels, value in samples(metrics):
        key = f"{labels.get('unit', HOST)} {labels.get('check')}"
        if family in ("check_result", "host_check_result"):
            status[key] = STATUSES[int(value)]
        elif family in ("finding_info", "host_finding_info"):
            findings.add((key, labels["status"], labels["reason"]))
            reasons[key, labels["status"]] = "{reason}: {subject}: {observed}".format_map(labels)
    return Seen(moment, status, findings, reasons, turns, invariable(report))


def samples(metrics: str):
    """(family without its prefix, labels, value) of each line that has labels."""
    for family, labels, value in SAMPLE.findall(metrics):
        yield family, dict(LABEL.findall(labels)), float(value)


def invariable(report):
    if isinstance(report, dict):
        return {key: invariable(value) for key, value in report.items() if key not in VARIABLE}
    return [invariable(each) for each in report] if isinstance(report, list) else report


def statuses(picture) -> set[str]:
    """Of every check and finding in a picture."""
    if isinstance(picture, dict):
        own = {picture["status"]} if "status" in picture else set()
        return own.union(*map(statuses, picture.values()))
    return set().union(*map(statuses, picture)) if isinstance(picture, list) else set()


def differences(before, after, at="") -> list[str]:
    """Where two pictures differ, in words."""
    if isinstance(before, dict) and isinstance(after, dict):
        name = after.get("unit") or after.get("check") or after.get("subject") or at
        return [line for key in before.keys() | after.keys()
                for line in differences(before.get(key), after.get(key), f"{name} {key}".strip())]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [line for pair in zip(before, after) for line in differences(*pair, at)]
    return [] if before == after else [f"{at} was {before!r}, is {after!r}"]
