# SPDX-License-Identifier: MIT
"""Tries, within the sandbox of a unit, what the unit should not be able to do, and prints as JSON what it could."""

import ctypes
import errno
import json
import mmap
import os
import socket
import stat
import subprocess
import time

GIVEN = json.load(open("/etc/privileges-probe.json"))
PRINTED = 2000  # characters a line
TRIED = ".checklistd-probe"
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PTRACE_ATTACH, ADDR_NO_RANDOMIZE = 16, 0x0040000
MANAGER = ("org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager")
CALLS = {
    "StartUnit": ("ss", "clamav-scan.service", "replace"), "StopUnit": ("ss", "grafana.service", "replace"),
    "RestartUnit": ("ss", "grafana.service", "replace"), "KillUnit": ("ssi", "grafana.service", "all", "9"),
    "SetUnitProperties": ("sba(sv)", "grafana.service", "true", "1", "CPUWeight", "t", "1"),
    "EnableUnitFiles": ("asbb", "1", "clamav-scan.service", "true", "false"), "Reload": (), "PowerOff": (),
}
libc = ctypes.CDLL(None, use_errno=True)


def name_of(number) -> str:
    return errno.errorcode.get(number, str(number))


def outcome(act) -> str:
    """"done", or the name of the error."""
    try:
        act()
    except OSError as error:
        return name_of(error.errno)
    return "done"


def called(function, *arguments) -> str:
    return "done" if function(*arguments) >= 0 else name_of(ctypes.get_errno())


def create_in(directory):
    path = os.path.join(directory, TRIED)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    if not GIVEN["leaves_files"]:
        os.unlink(path)


def writable():
    """The directories in which a file can be made, and the regular files that can be written, but for those of processes."""
    directories, files = [], []
    for place, below, names in os.walk("/"):
        if place == "/proc":
            below[:] = [each for each in below if not each.isdigit() and each not in ("self", "thread-self")]
        if place.startswith("/usr/") and place.count("/") > 3:  # many, and alike
            below.clear()
        if os.access(place, os.W_OK) and outcome(lambda: create_in(place)) == "done":  # noqa: B023
            directories.append(place)
        files += [path for name in names if (path := os.path.join(place, name)) and is_open_file(path)]
    inside = tuple(f"{directory}/" for directory in directories)
    return directories, [path for path in files if not path.startswith(inside)]


def is_open_file(path) -> bool:
    try:
        return (stat.S_ISREG(os.lstat(path).st_mode) and os.access(path, os.W_OK)
                and outcome(lambda: os.close(os.open(path, os.O_WRONLY))) == "done")
    except OSError:
        return False


def devices() -> list[str]:
    out = []
    for place, _, names in os.walk("/dev"):
        for path in (os.path.join(place, name) for name in names):
            mode = os.lstat(path).st_mode
            if (stat.S_ISCHR(mode) or stat.S_ISBLK(mode)) and outcome(lambda: os.close(os.open(path, flags))) == "done":
                out.append(path)
    return out


flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY


def read_one(path):
    with open(path, "rb", buffering=0) as file:
        file.read(1)


def refusal(method, arguments) -> str:
    done = subprocess.run(["busctl", "call", *MANAGER, method, *arguments], capture_output=True, text=True, timeout=20)
    return done.stderr.strip().lower() if done.returncode else "done"


class Piece(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


def pieces():
    """A buffer, and a byte of another process to read into it, for process_vm_readv(2)."""
    buffer = ctypes.create_string_buffer(1)
    return ctypes.byref(Piece(ctypes.addressof(buffer), 1)), 1, ctypes.byref(Piece(mmap.PAGESIZE, 1)), 1


def gains() -> dict[str, str]:
    def executable_memory():
        mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    victim = GIVEN["victim"]
    return {
        "user namespace": called(libc.unshare, CLONE_NEWUSER), "network namespace": called(libc.unshare, CLONE_NEWNET),
        "mount": called(libc.mount, b"none", b"/mnt", b"tmpfs", 0, None),
        "ptrace": called(libc.ptrace, PTRACE_ATTACH, victim, None, None),
        "read memory": called(libc.process_vm_readv, victim, *pieces(), 0),
        "signal": outcome(lambda: os.kill(victim, 0)),
        "personality": called(libc.personality, ADDR_NO_RANDOMIZE),
        "clock": outcome(lambda: time.clock_settime(time.CLOCK_REALTIME, -1)),  # no valid time: EINVAL if it were permitted
        "swap": called(libc.swapoff, b"/nothing"),
        "packets": outcome(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW)),
        "raw IP": outcome(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)),
        "vsock": outcome(lambda: socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)),
        "device node": outcome(lambda: os.mknod(os.path.join(os.environ.get("RUNTIME_DIRECTORY", "/tmp").split(":")[0], TRIED + "-node"),
                                                stat.S_IFCHR | 0o600, os.makedev(1, 7))),
        "executable memory": outcome(executable_memory),
        "other user": called(libc.setresuid, *([65534] * 3 if os.getuid() == 0 else [0] * 3)),
    }


directories, files = writable()
status = dict(line.split(":\t", 1) for line in open("/proc/self/status").read().splitlines() if ":\t" in line)
found = {
    "directories": directories, "files": files, "devices": devices(),
    "device": outcome(lambda: os.close(os.open(GIVEN["device"], flags))),
    "secrets": {path: outcome(lambda: read_one(path)) for path in GIVEN["secrets"]},
    "calls": {method: refusal(method, arguments) for method, arguments in CALLS.items()} if os.getuid() else {},
    "capabilities": {name: int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")},
    "NoNewPrivs": int(status["NoNewPrivs"]), "Seccomp": int(status["Seccomp"]),
}
found["gains"] = gains()  # at last: it may become another user
text = json.dumps(found)
for at in range(0, len(text), PRINTED):
    print("probe " + text[at:at + PRINTED], flush=True)
