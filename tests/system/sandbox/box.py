# SPDX-License-Identifier: MIT
"""A sandbox: a real systemd as process 1 over a throw-away copy of a Debian tree."""

import itertools
import os
import shlex
import stat
import subprocess
import tempfile
from pathlib import Path

from .inside import inside
from .machine import Machine, SandboxError, only_child
from .tree import base_tree
from .wire import Answer, Forward, connect, get

HOLD = Path(__file__).parent / "hold"
ROOT = "/run/root"  # where `hold` mounts the container's tree
LISTEN = "0A"  # include/net/tcp_states.h, as /proc/net/tcp prints it
_number = itertools.count(1)


class Sandbox:
    """Files, processes and network of one container; several may exist at a time.

        with Sandbox("demo") as box:    # files only: run() works in a chroot
            box.unpack(directory)
            box.boot()                  # from now on run() works under systemd
            box.run("systemctl status")

    Everything is gone when the block is left or when this process dies, in whatever way.
    """

    def __init__(self, name="box", tree: Path | None = None):
        self.name = f"checklistd-sandbox-{name}-{os.getpid()}-{next(_number)}"
        self._tree = tree
        self._holder = None
        self._machine = None
        self._forwards = []

    def __enter__(self):
        tree = self._tree or base_tree()
        # A session of its own: Ctrl-C is for the owner, which then takes this down in order.
        self._holder = subprocess.Popen(
            ["unshare", "--mount", "--propagation", "private", HOLD, self.name, tree],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True)
        try:
            if self._holder.stdout.readline() != "held\n":
                raise SandboxError(f"no namespaces for a sandbox: {self._holder.stderr.read()}")
            self._init = only_child(only_child(self._holder.pid))
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        while self._forwards:
            self._forwards.pop().close()
        if self._machine:
            self._machine.kill()
        self._machine = None
        if self._holder:
            self._holder.communicate()
        self._holder = None

    # -- power -------------------------------------------------------------------------------

    def boot(self, wait=True):
        """Starts systemd; with `wait`, until it has started everything that it wants to."""
        self._machine = Machine(self._init, self.name)
        self._machine.wait_started()
        if wait:
            self.wait_booted()

    def wait_booted(self, timeout=60):
        try:
            self._machine.wait_ready(timeout)
        except SandboxError as error:
            jobs = self.run("systemctl list-jobs; systemctl --failed", check=False).stdout
            raise SandboxError(f"{error}\n{jobs}") from None

    def power_off(self):
        """Shuts down in order; files and journal stay."""
        self._machine.power_off()
        self._machine = None

    def pull_plug(self):
        """Every process dies at once; files and journal stay as they are."""
        self._machine.kill()
        self._machine = None

    def reboot(self):
        self.power_off()
        self.boot()

    @property
    def leader(self) -> int:
        """The container's process 1 as this host numbers it."""
        if not self._machine:
            raise SandboxError(f"{self.name} is not running")
        return self._machine.leader

    # -- processes ---------------------------------------------------------------------------

    def run(self, command, *, check=True, user=None, input=None, timeout=60):
        """Runs a shell string or an argument list; a CompletedProcess with text output.

        Its processes belong to no unit: they stay outside of the container's cgroups.
        """
        arguments = self.enter(command, user)
        fed = {"input": input} if input is not None else {"stdin": subprocess.DEVNULL}
        try:
            done = subprocess.run(arguments, capture_output=True, text=not isinstance(input, bytes),
                                  timeout=timeout, **fed)
        except subprocess.TimeoutExpired:
            raise SandboxError(f"{command!r} still runs after {timeout} s\n{self._pending()}") from None
        if check and done.returncode:
            raise SandboxError(f"exit {done.returncode} from {command!r}: {done.stdout}{done.stderr}")
        return done

    def _pending(self) -> str:
        """The jobs of systemd and all processes, as far as they can be listed within ten seconds."""
        looks = self.enter("systemctl list-jobs --no-pager; ps -eo pid,ppid,stat,wchan:24,args --forest")
        try:
            return subprocess.run(looks, capture_output=True, text=True, timeout=10).stdout
        except subprocess.TimeoutExpired as error:
            return (error.stdout or b"").decode()

    def popen(self, command, *, user=None, **options) -> subprocess.Popen:
        return subprocess.Popen(self.enter(command, user), **{"stdin": subprocess.DEVNULL} | options)

    def enter(self, command, user=None) -> list[str]:
        """The arguments of a host's command that runs it inside."""
        if isinstance(command, str):
            command = ["sh", "-c", command]
        environment = ["env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                       "LANG=C.UTF-8", "TERM=dumb"]
        if not self._machine:
            return ["nsenter", f"--target={self._init}", "--mount", "--pid", "--root", "--", "chroot", ROOT,
                    *environment, "SYSTEMD_OFFLINE=1", *command]
        if user:
            as_user = f'export XDG_RUNTIME_DIR=/run/user/$(id -u); exec {shlex.join(command)}'
            command = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--reset-env",
                       "sh", "-c", as_user]
        return ["nsenter", f"--target={self.leader}", "--all", "--root", "--", *environment, *command]

    # -- files, devices, sockets ---------------------------------------------------------------

    def inside(self, function, *arguments):
        """What the function returns when called among the container's files and sockets."""
        if self._machine:
            return inside(self.leader, function, *arguments)
        return inside(self._init, function, *arguments, root=ROOT)

    def read(self, path) -> str:
        return self.inside(Path(path).read_text)

    def write(self, path, text, mode=0o644):
        """Writes a whole file, missing directories included."""
        self.inside(_write, Path(path), text, mode)

    def remove(self, path):
        self.inside(os.unlink, path)

    def make_node(self, path, major, minor, mode=0o666, kind=stat.S_IFCHR):
        """A device node, whose driver need not exist."""
        self.inside(_make_node, Path(path), kind | mode, os.makedev(major, minor))

    def connect(self, where, timeout=5.0):
        """A connection to a port of the container's 127.0.0.1, a (host, port) or a socket's path."""
        return self.inside(connect, where, timeout)

    def listens(self, port: int) -> bool:
        """Whether anybody inside listens on a TCP port; asks the kernel, no server notices."""
        tables = self.inside(lambda: [Path(f"/proc/1/net/{name}").read_text() for name in ("tcp", "tcp6")])
        rows = (line.split() for table in tables for line in table.splitlines()[1:])
        return any(row[3] == LISTEN and int(row[1].rpartition(":")[2], 16) == port for row in rows)

    def http(self, where, path, headers=None, method="GET", timeout=5.0) -> Answer:
        """One request to a server inside, a millisecond dearer than from a process there."""
        return get(self.connect(where, timeout), path, headers, method)

    def forward(self, port, host_port=0) -> Forward:
        """Makes a port inside reachable on this host's loopback; by default at a free port."""
        self._forwards.append(Forward(lambda: self.connect(port), host_port))
        return self._forwards[-1]

    def unpack(self, directory):
        """Copies what is below a host directory to /, owned by root."""
        pack = ["tar", "--create", "--owner=0", "--group=0", f"--directory={directory}", "."]
        packed = subprocess.run(pack, capture_output=True, check=True).stdout
        self.run(["tar", "--extract", "--keep-directory-symlink", "--no-overwrite-dir",
                  "--directory=/"], input=packed)

    def install(self, build_directory):
        """Installs a CMake build as a package would: files, then users, directories, units."""
        with tempfile.TemporaryDirectory() as staging:
            install = ["cmake", "--install", build_directory]
            done = subprocess.run(install, env=os.environ | {"DESTDIR": staging},
                                  capture_output=True, text=True)
            if done.returncode:
                raise SandboxError(f"cmake --install {build_directory}: {done.stdout}{done.stderr}")
            self.unpack(staging)
        self.run(POST_INSTALL)


def _write(path: Path, text: str, mode: int):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)


def _make_node(path: Path, mode: int, device: int):
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mknod(path, mode, device)
    os.chmod(path, mode & 0o7777)  # mknod obeys the umask


# What Debian's own maintainer scripts do (dh_installsysusers, dh_installtmpfiles, dh_installsystemd).
POST_INSTALL = """set -e
systemd-sysusers
if [ -d /run/systemd/system ]; then systemd-tmpfiles --create; systemctl daemon-reload; fi
systemctl enable checklistd.service checklistd.socket checklistd-publish.socket checklistd-files.path checklistd-files.timer
systemctl enable checklistd-config-test.path checklistd-config-test.timer
systemctl --global enable checklistd.service
"""
