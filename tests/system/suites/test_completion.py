# SPDX-License-Identifier: MIT
"""Completion in bash, zsh and fish: what a press of Tab makes of a command line, in a terminal."""

import json
import shlex
import shutil

import pytest
from sandbox import Sandbox, terminal
from sandbox.terminal import Terminal
from sandbox.wait import wait_until

SPECS = "/etc/checklistd/services.d"
# How a shell begins without the user's own configuration, and loads the installed file.
SHELLS = {"bash": (["bash", "--norc", "-i"], ". {file}", "bash-completion/completions/checklistctl"),
          "zsh": (["zsh", "-f", "-i"], "fpath=({folder} $fpath); autoload -U compinit; compinit -D -u",
                  "zsh/site-functions/_checklistctl"),
          "fish": (["fish", "--no-config", "-i"], "source {file}", "fish/vendor_completions.d/checklistctl.fish")}

pytestmark = pytest.mark.skipif(not terminal.installed, reason="tmux is not installed")


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("completion") as booted:
        booted.install(build)
        for name in ("alone", "at@one", "other"):
            booted.write(f"{SPECS}/{name}.json", json.dumps({"unit": f"{name}.service"}))
        booted.boot()
        wait_until(lambda: booted.run("checklistctl status", check=False).stdout, 20, "the report")
        yield booted


@pytest.fixture
def bin_directory(box, tmp_path):
    """A directory for PATH, whose checklistctl is that of the sandbox."""
    program = tmp_path / "bin/checklistctl"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nexec {shlex.join(box.enter(['checklistctl']))} \"$@\"\n")
    program.chmod(0o755)
    return program.parent


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(("typed", "completed"), [
    ("sta", "checklistctl status"),
    ("status al", "checklistctl status alone.service"),
    ("status at@", "checklistctl status at@one.service"),
    ("status at@o", "checklistctl status at@one.service"),
    ("status --format=jso", "checklistctl status --format=json"),
    ("explain port_b", "checklistctl explain port_bindings"),
    ("ack --host failed", "checklistctl ack --host failed_units"),
])
def test_tab_completes(box, bin_directory, tmp_path, shell, typed, completed):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    command, load, installed = SHELLS[shell]
    file = tmp_path / "completion" / installed.rpartition("/")[2]
    file.parent.mkdir()
    file.write_text(box.run(f"cat $(ls -d /usr/share/{installed} /usr/local/share/{installed} 2>/dev/null)").stdout)
    path = f"PATH={bin_directory}:/usr/bin:/bin"
    with Terminal(["env", path, f"HOME={tmp_path}", "TERM=screen", "PS1=> ", *command]) as opened:
        opened.keys("-l", load.format(file=file, folder=file.parent) + "; echo load''ed\n")
        opened.wait_for("loaded")
        opened.keys("-l", f"checklistctl {typed}")
        opened.wait_for(f"checklistctl {typed}")
        opened.keys("Tab")
        opened.wait_for(completed)
