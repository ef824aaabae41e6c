#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A well-behaved client of checklistd, in the sandbox: `witness.py scrape SECONDS` and `witness.py kill UNIT SECONDS`.

`scrape` asks for /metrics on a new connection ten times a second, and in turn another server for its health. It prints a line for
each answer: "ours" or "other", its status (0: none), nanoseconds, and the seconds of the loop's longest turn before.

`kill` kills the unit's main process again and again, and prints after how many nanoseconds the JSON report showed it and
after how many a monitor of the bus had PID 1's signal; 0 if that took longer than LONGEST.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

PORT, OTHER = 10558, 9090
EVERY = 0.1
LONGEST = 30.0  # seconds until an answer counts as none
GIVEN = 30.0  # seconds that a start may take


def connect(port, timeout):
    channel = socket.create_connection(("127.0.0.1", port), timeout)
    channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return channel


def ask(port, path, headers="", timeout=LONGEST):
    """Status, head and body of an answer on a connection of its own; OSError without a whole one."""
    with connect(port, timeout) as channel:
        channel.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n".encode())
        pieces, deadline = [], time.monotonic() + timeout
        while piece := channel.recv(1 << 18):
            pieces.append(piece)
            channel.settimeout(max(0.001, deadline - time.monotonic()))
    head, _, body = b"".join(pieces).partition(b"\r\n\r\n")
    length = re.search(rb"\r\nContent-Length: (\d+)", head, re.IGNORECASE)
    if not head.startswith(b"HTTP/1.1 ") or (length and len(body) < int(length[1])):
        raise OSError("the answer is cut short")
    return int(head[9:12]), head, body


def timed(kind, port, path):
    began = time.monotonic_ns()
    try:
        status, _, body = ask(port, path)
    except OSError:
        status, body = 0, b""
    took = time.monotonic_ns() - began
    turn = re.search(rb"\nchecklist_loop_longest_turn_seconds (\S+)", body)
    print(kind, status, took, float(turn[1]) if turn else 0.0, flush=True)


def scrape(seconds):
    end = time.monotonic() + seconds
    due = time.monotonic()
    while time.monotonic() < end:
        timed("ours", PORT, "/metrics")
        timed("other", OTHER, "/-/healthy")
        due = max(due + EVERY, time.monotonic())
        time.sleep(max(0.0, due - time.monotonic()))


class Report:
    """What the JSON report says of one unit, over a connection for each question."""

    def __init__(self, unit):
        self._unit = f'"{unit}"'.encode()
        self._etag = '"none"'
        self._body = b""

    def is_active(self):
        row = self._body.find(b'"unit":' + self._unit)
        found = row >= 0 and re.compile(rb'"active_state":"(\w+)"').search(self._body, row)
        return bool(found) and found[1] == b"active"

    def wait(self, active, longest):
        """Until it says so, at most that long; whether it does."""
        deadline = time.monotonic() + longest
        while self.is_active() != active:
            if time.monotonic() > deadline:
                return False
            try:
                status, head, body = ask(PORT, "/api/v1/report?wait=10s", f"If-None-Match: {self._etag}\r\n",
                                         max(0.001, deadline - time.monotonic()))
            except OSError:
                time.sleep(0.001)
                continue
            if status == 200:
                self._etag, self._body = re.search(rb"\r\nETag: (\S+)", head, re.IGNORECASE)[1].decode(), body
            elif status != 304:
                time.sleep(0.005)
        return True


def systemctl(*arguments):
    return subprocess.run(["systemctl", *arguments], capture_output=True, text=True, check=True).stdout.strip()


class Bus:
    """When PID 1 said last that the unit has failed."""

    def __init__(self, unit):
        path = "/org/freedesktop/systemd1/unit/" + "".join(
            each if each.isalnum() else f"_{ord(each):02x}" for each in unit)
        self._monitor = subprocess.Popen(
            ["busctl", "--json=short", f"--match=type='signal',path='{path}',member='PropertiesChanged'", "monitor"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self._monitor.stderr.readline()  # "Monitoring bus message stream."
        self._news, self._failed = threading.Condition(), 0
        threading.Thread(target=self._listen, daemon=True).start()

    def wait(self, since, longest):
        """The first moment after `since`, 0 if none comes."""
        with self._news:
            return self._failed if self._news.wait_for(lambda: self._failed > since, longest) else 0

    def close(self):
        self._monitor.kill()
        self._monitor.wait()

    def _listen(self):
        for line in self._monitor.stdout:
            moment = time.monotonic_ns()
            if b'"ActiveState":{"type":"s","data":"failed"}' in line:
                with self._news:
                    self._failed = moment
                    self._news.notify()


def kill(unit, seconds):
    bus, report = Bus(unit), Report(unit)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        systemctl("restart", unit)
        if not report.wait(True, GIVEN):
            print(0, 0, flush=True)
            continue
        pid = int(systemctl("show", "--value", "--property=MainPID", unit))
        began = time.monotonic_ns()
        os.kill(pid, signal.SIGKILL)
        shown = time.monotonic_ns() - began if report.wait(False, LONGEST) else 0
        print(shown, max(0, bus.wait(began, LONGEST) - began), flush=True)
    bus.close()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["scrape", seconds]:
            scrape(float(seconds))
        case ["kill", unit, seconds]:
            kill(unit, float(seconds))
        case _:
            sys.exit(__doc__)
