# SPDX-License-Identifier: MIT
"""Faults of the files that services live on; root's own are seen through checklistd-files.service."""

from sandbox import plan
from sandbox.root_look import LOOK
from sandbox.wait import wait_until

from ..fault import Fault, Turn
from ..stage import Stage

STORE = "/etc/credstore"
KEY = f"{STORE}/grafana-admin"
KEPT = "/root/kept"  # where the real one is meanwhile
SIGNATURES, MODEL = "/var/lib/clamav/daily.hdb", "/var/lib/llamacpp/model.gguf"
NOTEBOOKS = f"/home/{plan.USER}/.jupyter/jupyter_server_config.json"
KEEP, BRING_BACK = f"cp --archive {KEY} {KEPT}", f"rm -rf {KEY}; mv {KEPT} {KEY}"


def files(unit: str, reason: str, status: str = "fail") -> tuple[Turn, ...]:
    return (Turn(unit, "files", reason, status),)


def credentials(reason: str, status: str = "fail") -> tuple[Turn, ...]:
    return files("setup-system-credentials.service", reason, status)


def same_contents_again(stage: Stage):
    """What a package or a rebuild does: another file of the same name, whole at any moment."""
    stage.do(f"cp --archive {KEY} {STORE}/.new; mv {STORE}/.new {KEY}")
    looked = "stat --format=%Y /run/checklistd-files/facts.json"
    before = stage.box.run(looked).stdout
    stage.do(LOOK)
    wait_until(lambda: stage.box.run(looked).stdout >= before, 5, "the files were not read again")


FAULTS = (
    Fault("40a", "credentials file mode 0644", turns=credentials("mode"),
          inject=f"chmod 0644 {KEY}", undo=f"chmod 0600 {KEY}"),
    Fault("40b", "credentials file of another owner", turns=credentials("owner"),
          inject=f"chown dev {KEY}", undo=f"chown root {KEY}"),
    Fault("40c", "credentials file empty", turns=credentials("empty"),
          prepare=KEEP, inject=f"truncate --size=0 {KEY}", undo=BRING_BACK),
    Fault("40d", "credentials file missing", turns=credentials("missing"),
          prepare=KEEP, inject=f"rm {KEY}", undo=BRING_BACK),
    Fault("40e", "credentials directory replaced by a link", turns=credentials("type"),
          inject=f"mv {STORE} {KEPT}; ln -s {KEPT} {STORE}", undo=f"rm {STORE}; mv {KEPT} {STORE}"),
    Fault("40f", "credentials file made a directory", turns=credentials("type"),
          prepare=KEEP, inject=f"rm {KEY}; mkdir --mode=0600 {KEY}", undo=BRING_BACK),
    Fault("40g", "set-user-ID bit on a credentials file", turns=credentials("mode"),
          inject=f"chmod 4600 {KEY}", undo=f"chmod 0600 {KEY}"),
    Fault("40h", "a second file beside, for everybody to read", turns=credentials("mode"),
          inject=f"install --mode=0644 {KEY} {STORE}/copy", undo=f"rm {STORE}/copy"),
    Fault("40i", "credentials file renamed over by an equal one", inject=same_contents_again),
    Fault("40j", "checklistd-files no longer runs", turns=credentials("permission", "unknown"),
          inject="systemctl stop checklistd-files.timer checklistd-files.path;"
                 "rm /run/checklistd-files/facts.json",
          undo="systemctl start checklistd-files.path checklistd-files.timer checklistd-files.service"),
    Fault("40k", "signatures older than a week", turns=files("clamav-daemon.service", "old"),
          inject=f"touch --date='8 days ago' {SIGNATURES}", undo=f"touch {SIGNATURES}"),
    Fault("40l", "group of the signatures renamed, its number kept",
          turns=files("clamav-daemon.service", "group"),
          inject="groupmod --new-name=antivirus clamav", undo="groupmod --new-name=clamav antivirus"),
    Fault("40m", "model is a link that leads nowhere", turns=files("llamacpp.service", "dangling"),
          inject=f"mv {MODEL} {KEPT}; ln -s /nowhere/model.gguf {MODEL}",
          undo=f"rm {MODEL}; mv {KEPT} {MODEL}"),
    Fault("40n", "host key readable by others", turns=files("sshd.service", "mode"),
          inject="chmod 0640 /etc/ssh/ssh_host_ed25519_key",
          undo="chmod 0600 /etc/ssh/ssh_host_ed25519_key"),
    Fault("40o", "configuration of a user's service readable by others",
          turns=files("jupyter.service", "mode"),
          inject=f"chmod 0644 {NOTEBOOKS}", undo=f"chmod 0600 {NOTEBOOKS}"),
)
