# SPDX-License-Identifier: MIT
"""Faults of what checklistd itself stands on: its state directory, the host's identity, the kernel's limits."""

from ..fault import USERS_REPORT, Fault, Turn
from ..stage import Stage

LLAMA = "llamacpp.service"
RELOAD = "systemctl reload checklistd.service"
JOURNALD = "systemctl restart systemd-journald.service"
OTHER_ID = "0123456789abcdef0123456789abcdef"
STATE = "/var/lib/checklistd"
DAEMON = "/usr/bin/checklistd"
UNITS = "checklistd.socket checklistd-publish.socket checklistd.service"
INSTANCES = """import ctypes, signal
libc = ctypes.CDLL(None)
while libc.inotify_init1(0) >= 0:
    pass
print("used up", flush=True)
signal.pause()"""
# Instances are left, and no watch: ENOSPC.
WATCHES = """import ctypes, errno, os, signal
libc = ctypes.CDLL(None, use_errno=True)
instances = [libc.inotify_init1(0) for _ in range(90)]
paths = [os.path.join(place, name).encode() for place, _, names in os.walk("/usr/lib") for name in names]
any(libc.inotify_add_watch(each, path, 2) < 0 and ctypes.get_errno() == errno.ENOSPC for path in paths for each in instances)
print("used up", flush=True)
signal.pause()"""


def second_daemon(stage: Stage):
    """It says whose place it would take, and leaves."""
    second = stage.box.run(["setpriv", "--reuid=checklistd", "--regid=checklistd", "--clear-groups", DAEMON,
                            "--state-dir", STATE, "--web.listen-address", "127.0.0.1:10559"], check=False)
    output = second.stdout + second.stderr
    assert second.returncode and f"another checklistd uses the state directory {STATE}" in output, output


def journal(reason: str) -> tuple[Turn, ...]:
    return (Turn(LLAMA, "journal_errors", reason, "unknown"),)


def used_up(number: str, what: str, program: str) -> Fault:
    """The kernel counts them for a user, of all sandboxes."""
    return Fault(number, f"{what} of checklistd's user used up while it starts", kernel_wide=True, timeout=40,
                 inject=f"systemctl stop {UNITS}; systemd-run --quiet --collect --unit=uses-up-{number}"
                        f" --property=User=checklistd --property=LimitNOFILE=100000 python3 -c '{program}';"
                        f"until journalctl --quiet --unit=uses-up-{number} --grep='used up' > /dev/null; do sleep 0.1; done;"
                        f"systemctl start {UNITS}",
                 undo=f"systemctl stop uses-up-{number}.service; systemctl restart checklistd.service",
                 turns=journal("unsupported"), wavers=USERS_REPORT | {"*": "nothing can be followed"})


FAULTS = (
    Fault("535", "second daemon with the same state directory", inject=second_daemon),
    Fault("536", "machine-id changed, journald restarted",
          inject=f"cp /etc/machine-id /root/; echo {OTHER_ID} > /etc/machine-id; {JOURNALD}; {RELOAD}",
          undo=f"cp /root/machine-id /etc/machine-id; {JOURNALD}; {RELOAD}; rm -r /var/log/journal/{OTHER_ID}",
          turns=journal("unsupported"), wavers={"*": "the journal is another one"}),
    used_up("537", "inotify instances", INSTANCES),
    used_up("538", "inotify watches", WATCHES),
)
