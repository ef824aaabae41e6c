# SPDX-License-Identifier: MIT
"""One boot of a sandbox: systemd-nspawn, its readiness and the container's first process."""

import os
import selectors
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

POWER_OFF = signal.SIGRTMIN + 4  # systemd(1), "SIGNALS"


class SandboxError(Exception):
    """The sandbox did not do what it was asked; the message holds what it had to say."""


def only_child(pid: int) -> int:
    """The single child of a process; sandbox processes form a chain of known shape."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    if len(children) != 1:
        raise SandboxError(f"process {pid} has {len(children)} children where one was expected")
    return int(children[0])


class Machine:
    """A booting or booted container in the namespaces of process `holder`."""

    def __init__(self, holder: int, name: str):
        self._console = tempfile.TemporaryFile()
        # An abstract address needs no file; nspawn shares the host's network, its payload does not.
        self._notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        self._notify.bind(f"\0{name}")
        self._process = subprocess.Popen(
            _command(holder, name), stdin=subprocess.DEVNULL, stdout=self._console,
            stderr=subprocess.STDOUT, start_new_session=True,
            env={"PATH": os.environ["PATH"], "NOTIFY_SOCKET": f"@{name}",
                 "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1", "SYSTEMD_LOG_TARGET": "console"})
        self._exited = os.pidfd_open(self._process.pid)
        self.leader = 0  # the container's process 1 as this host numbers it, once it is there

    def wait_started(self, timeout=10):
        """Until the container's first process runs."""
        self._wait_for(b"X_NSPAWN_LEADER_PID=", timeout)
        self.leader = only_child(only_child(self._process.pid))

    def wait_ready(self, timeout=60):
        """Until systemd inside has nothing left to start, as it reports by sd_notify."""
        self._wait_for(b"READY=1", timeout)

    def power_off(self, timeout=30):
        os.kill(self.leader, POWER_OFF)
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise SandboxError(f"no power off within {timeout} s\n{self.console()}") from None
        finally:
            self.kill()

    def kill(self):
        """Ends it at once, as pulling the plug would."""
        if self._notify.fileno() < 0:
            return
        if self._process.poll() is None and self.leader:
            os.kill(self.leader, signal.SIGKILL)
        elif self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._notify.close()
        os.close(self._exited)

    def console(self, lines=40) -> str:
        """The last lines that nspawn and the container's console printed."""
        self._console.seek(0)
        return "\n".join(self._console.read().decode(errors="replace").splitlines()[-lines:])

    def _wait_for(self, field: bytes, timeout):
        deadline = time.monotonic() + timeout
        with selectors.DefaultSelector() as selector:
            selector.register(self._notify, selectors.EVENT_READ)
            selector.register(self._exited, selectors.EVENT_READ)
            while ready := selector.select(max(0, deadline - time.monotonic())):
                if any(key.fileobj is self._notify for key, _ in ready):
                    message = self._notify.recv(4096)
                    if any(line.startswith(field) for line in message.split(b"\n")):
                        return
                else:
                    raise SandboxError(f"systemd-nspawn ended\n{self.console()}")
        raise SandboxError(f"no {field.decode()} within {timeout} s\n{self.console()}")


def _command(holder: int, name: str) -> list[str]:
    enter = ["nsenter", f"--target={holder}", "--mount", "--pid", "--root", "--"]
    own_cgroup = ["sh", "-euc", 'echo 0 > "/sys/fs/cgroup/$0/cgroup.procs"; exec "$@"', name]
    return enter + own_cgroup + [
        "systemd-nspawn", "--boot", "--directory=/run/root", f"--machine={name}",
        "--hostname=sandbox", "--register=no", "--keep-unit", "--settings=no",
        "--private-network", "--capability=all", "--system-call-filter=bpf", "--notify-ready=yes",
        "--console=pipe", "--resolv-conf=off", "--timezone=off", "--link-journal=no"]
