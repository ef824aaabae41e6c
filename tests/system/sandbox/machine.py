# SPDX-License-Identifier: MIT
"""One boot of a sandbox: systemd-nspawn, its readiness and the container's first process."""

import os
import selectors
import signal
import socket
import subprocess
import tempfile
import threading
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
        self._news = threading.Condition()
        self._notified: set[bytes] = set()  # fields received by sd_notify(3)
        self._has_ended = False
        self._listener = threading.Thread(target=self._listen, daemon=True)
        # A signal that this thread took would not wake the one that waits for Ctrl-C.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        self._listener.start()
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        self.leader = 0  # the container's process 1 as this host numbers it, once it is there

    def wait_started(self, timeout=10):
        """Until the container's first process runs."""
        self._wait_for(b"X_NSPAWN_LEADER_PID", timeout)
        self.leader = only_child(only_child(self._process.pid))

    def wait_ready(self, timeout=60):
        """Until systemd inside has nothing left to start, as it reports by sd_notify."""
        self._wait_for(b"READY", timeout)

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
        self._listener.join()
        self._notify.close()
        os.close(self._exited)

    def console(self, lines=40) -> str:
        """The last lines that nspawn and the container's console printed."""
        self._console.seek(0)
        return "\n".join(self._console.read().decode(errors="replace").splitlines()[-lines:])

    def _listen(self):
        """Reads for as long as it lives: nspawn hangs, and its container with it, on who does not."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._notify, selectors.EVENT_READ)
            selector.register(self._exited, selectors.EVENT_READ)
            while not self._has_ended:
                ready = [key.fileobj for key, _ in selector.select()]
                fields = {line.partition(b"=")[0] for line in self._notify.recv(4096).split(b"\n")
                          } if self._notify in ready else set()
                with self._news:
                    self._notified |= fields
                    self._has_ended = self._notify not in ready
                    self._news.notify_all()

    def _wait_for(self, field: bytes, timeout):
        with self._news:
            self._news.wait_for(lambda: field in self._notified or self._has_ended, timeout)
            if field in self._notified:
                return
        why = "systemd-nspawn ended" if self._has_ended else f"no {field.decode()} within {timeout} s"
        raise SandboxError(f"{why}\n{self.console()}")


def _command(holder: int, name: str) -> list[str]:
    enter = ["nsenter", f"--target={holder}", "--mount", "--pid", "--root", "--"]
    own_cgroup = ["sh", "-euc", 'echo 0 > "/sys/fs/cgroup/$0/cgroup.procs"; exec "$@"', name]
    return enter + own_cgroup + [
        "systemd-nspawn", "--boot", "--directory=/run/root", f"--machine={name}",
        "--hostname=sandbox", "--register=no", "--keep-unit", "--settings=no",
        "--private-network", "--capability=all", "--system-call-filter=bpf", "--notify-ready=yes",
        "--console=pipe", "--resolv-conf=off", "--timezone=off", "--link-journal=no"]
