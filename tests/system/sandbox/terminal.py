# SPDX-License-Identifier: MIT
"""A terminal of fixed size, by tmux, in which a command of the host or of a sandbox runs."""

import shlex
import shutil
import subprocess
import uuid

from .wait import wait_until

installed = shutil.which("tmux") is not None


def inside(box, command) -> list[str]:
    """The host's command that runs one of a sandbox with the terminal's type."""
    return [word.replace("TERM=dumb", "TERM=screen") for word in box.enter(command)]


class Terminal:
    """A command in tmux: what its screen shows, and keys for it.

        with Terminal(inside(box, ["checklistctl", "watch"])) as terminal:
            terminal.wait_for("all units")
            terminal.keys("q")
    """

    def __init__(self, command, columns=80, rows=24):
        self._server = f"checklistd-{uuid.uuid4()}"
        # What follows the command shows whether it has restored the terminal.
        script = f"trap : INT; {shlex.join(command)}; echo \"ended with $?\"; stty -a; exec cat"
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), "sh", "-c", script)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._tmux("kill-server")

    def screen(self) -> list[str]:
        return self._tmux("capture-pane", "-p").splitlines()

    def is_alternate(self) -> bool:
        return self._tmux("display-message", "-p", "#{alternate_on}").strip() == "1"

    def has_cursor(self) -> bool:
        return self._tmux("display-message", "-p", "#{cursor_flag}").strip() == "1"

    def keys(self, *names):
        self._tmux("send-keys", *names)

    def type(self, line):
        """Types a line and Enter."""
        self._tmux("send-keys", "-l", line)
        self.keys("Enter")

    def record(self, file):
        """Writes what the command prints from now on into a file of the host."""
        self._tmux("pipe-pane", f"cat > {shlex.quote(str(file))}")

    def resize(self, columns, rows):
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def wait_for(self, text, timeout=10):
        wait_until(lambda: text in "\n".join(self.screen()), timeout,
                   lambda: f"{text!r} on the screen, which is:\n" + "\n".join(self.screen()))

    def _tmux(self, *words):
        done = subprocess.run(["tmux", "-L", self._server, *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"tmux {words[0]}: {done.stderr}")
        return done.stdout
