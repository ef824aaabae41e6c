# SPDX-License-Identifier: MIT
"""Faults of journald and of its files."""

from sandbox.plan import ONESHOTS

from ..surrounding import Surrounding

JOURNALD = "systemd-journald.service"
FILES = "cd /var/log/journal/$(cat /etc/machine-id)"
VOLATILE = "/etc/systemd/journald.conf.d/volatile.conf"
# An evaluation without the daemon would miss the runs that the journal has forgotten.
RUN_AGAIN = f"systemctl start docker-pull-images.service {' '.join(ONESHOTS)}"
# As systemd-journald(8) says of files that something else has touched.
NEW_FILES = f"journalctl --rotate; journalctl --sync; {RUN_AGAIN}"


def times(count: int, command: str) -> str:
    return f"for number in $(seq {count}); do {command}; done"


def half(file: str) -> str:
    return f"truncate --size=$(($(stat --format=%s {file}) / 2)) {file}"


def spoilt(file: str) -> str:
    """Shell: sixteen pieces of the second half are random bytes."""
    return (f"size=$(stat --format=%s {file}); for piece in $(seq 16); do dd if=/dev/urandom of={file} bs=512 count=8 conv=notrunc"
            f" seek=$((size / 1024 + piece * size / 1024 / 18)) status=none; done")


FAULTS = (
    Surrounding("journald-killed", "journald killed five times",
                times(5, f"systemctl kill --kill-who=main --signal=KILL {JOURNALD}; until systemctl is-active --quiet {JOURNALD}; do"
                         f" systemctl start {JOURNALD} || true; done"),
                breaks=("host failed_units", "host system_state")),
    Surrounding("journald-restarted", "journald restarted five times", times(5, f"systemctl restart {JOURNALD}")),
    Surrounding("journal-rotated", "journal rotated twenty times", times(20, "journalctl --rotate")),
    Surrounding("journal-vacuumed", "journal rotated and vacuumed five times", times(5, "journalctl --quiet --rotate --vacuum-size=1"),
                RUN_AGAIN),
    Surrounding("journal-halved", "the file that journald writes cut to half of its size", f"{FILES}; {half('system.journal')}", NEW_FILES,
                lasts=3),
    Surrounding("journal-emptied", "every journal file cut to nothing", f"{FILES}; truncate --size=0 *.journal", NEW_FILES, lasts=3),
    Surrounding("journal-archive-halved", "an archived journal file cut to half of its size",
                f"journalctl --rotate; {FILES}; file=$(ls -t system@*.journal | head -n 1); {half('$file')}", NEW_FILES, lasts=3),
    Surrounding("journal-spoilt", "the file that journald writes overwritten with random bytes",
                f"{FILES}; {spoilt('system.journal')}", NEW_FILES, lasts=3),
    Surrounding("journal-deleted", "every journal file deleted", f"{FILES}; rm *.journal", NEW_FILES, lasts=3),
    Surrounding("journal-directory-deleted", "the journal's directory deleted, and made again",
                "rm -r /var/log/journal", f"systemd-tmpfiles --create --prefix /var/log/journal; systemctl restart {JOURNALD};"
                f" journalctl --flush; {RUN_AGAIN}", lasts=3),
    Surrounding("journal-volatile", "the journal made volatile, and persistent again",
                f"printf '[Journal]\\nStorage=volatile\\n' > {VOLATILE}; systemctl restart {JOURNALD}",
                f"rm {VOLATILE}; systemctl restart {JOURNALD}; journalctl --flush; {RUN_AGAIN}", lasts=3),
)
