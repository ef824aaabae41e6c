# SPDX-License-Identifier: MIT
"""Faults of a unit's definition: files, links, names, aliases, programs, and processes that are older."""

from sandbox.wait import wait_until

from ..fault import USERS_REPORT, Fault, Turn, drop_in, restarts, without_drop_in
from ..stage import Stage

GRAFANA, MOVED, MANAGER = "grafana.service", "moved.service", "ollama-gpu-manager.service"
PROMETHEUS, ALERTMANAGER = "prometheus.service", "prometheus-alertmanager.service"
YEARLY, SCAN_TIMER = "yearly.timer", "clamav-scan.timer"
UNITS = "/etc/systemd/system"
FILE, ALIAS = f"{UNITS}/{MOVED}", f"{UNITS}/former.service"
SSHD = f"{UNITS}/sshd.service"  # an alias of ssh.service
PROGRAM = "/usr/local/bin/ollama-gpu-manager"
OTHER_COMMAND = f"sed -i s/infinity/1000000/ {FILE}"
AS_BEFORE = f"cp -p /root/{MOVED} {FILE}; systemctl daemon-reload"
KEEP = f"cp -p {FILE} /root/"
RESTART = f"systemctl restart {MOVED}"
# As in a Nix store: links to files of 1970.
STORE = (f"mkdir -p /opt/store; {KEEP}; cp {FILE} /opt/store/1; sed s/infinity/1000000/ {FILE} > /opt/store/2;"
         f"touch --date=@1 /opt/store/*; ln -s /opt/store/1 {FILE}.new; mv -T {FILE}.new {FILE};"
         "systemctl daemon-reload")
RETARGET = f"ln -s /opt/store/2 {FILE}.new; mv -T {FILE}.new {FILE}"
FROM_STORE = f"cp -p /root/{MOVED} {FILE}.new; mv -T {FILE}.new {FILE}; systemctl daemon-reload"


def definition(reason: str, unit: str = MOVED) -> tuple[Turn, ...]:
    return (Turn(unit, "unit_definition", reason),)


def schedule(reason: str, unit: str = YEARLY) -> tuple[Turn, ...]:
    return (Turn(unit, "schedule", reason),)


def run_again(stage: Stage):
    """Starts the unit after the undo; its run must be reported before everything passes again."""
    stage.do("rm -f /run/fail-yearly; systemctl start yearly.service")


def reload_unseen(stage: Stage):
    """It happens between the daemon's death and its next life."""
    stage.do("systemctl kill --kill-who=main --signal=KILL checklistd.service")
    stage.do(f"{OTHER_COMMAND}; systemctl daemon-reload")


def reboot(stage: Stage):
    """The timer waits for another year; that its oneshot ran is history of an earlier boot."""
    stage.reboot()
    last = "systemctl show --value --property=LastTriggerUSec yearly.timer"
    wait_until(lambda: stage.box.run(last).stdout.strip() not in ("", "n/a"), 5, "no last trigger")


FAULTS = (
    Fault("10a", "timer stopped",
          inject=f"systemctl stop {SCAN_TIMER}", undo=f"systemctl start {SCAN_TIMER}",
          turns=schedule("stopped", SCAN_TIMER) + (Turn(SCAN_TIMER, "service_state", "inactive"),)),
    Fault("10b", "calendar that never comes",
          prepare=drop_in(YEARLY, "[Timer]", "OnCalendar=", "OnCalendar=2001-01-01"),
          inject=f"systemctl restart {YEARLY}",
          undo=f"{without_drop_in(YEARLY)}; systemctl restart {YEARLY}",
          turns=schedule("elapsed"), wavers=restarts(YEARLY)),
    Fault("35a", "unit file edited, no daemon-reload",
          prepare=KEEP, inject=OTHER_COMMAND, undo=AS_BEFORE, turns=definition("not_loaded")),
    Fault("35b", "unit's link moved to a file of equal mtime, no daemon-reload",
          prepare=STORE, inject=RETARGET, undo=FROM_STORE, turns=definition("not_loaded")),
    Fault("36a", "alias removed, daemon-reload",
          inject=f"rm {ALIAS}; systemctl daemon-reload",
          undo=f"ln -s {FILE} {ALIAS}; systemctl daemon-reload", turns=definition("alias_missing")),
    Fault("36b", "alias removed, no daemon-reload",
          inject=f"rm {ALIAS}", undo=f"ln -s {FILE} {ALIAS}", turns=definition("alias_missing")),
    Fault("37", "ExecStart changed and reloaded, old process still running",
          prepare=KEEP, inject=f"{OTHER_COMMAND}; systemctl daemon-reload", undo=AS_BEFORE,
          turns=definition("restart_needed")),
    Fault("55", "oneshot succeeded in an earlier boot, its timer waits", inject=reboot,
          wavers={"*": "everything starts again"}),
    Fault("201", "unit's link moved to a file of equal mtime, reloaded, not restarted",
          prepare=STORE, inject=f"{RETARGET}; systemctl daemon-reload", undo=FROM_STORE,
          turns=definition("restart_needed")),
    Fault("202", "drop-in directory added, no daemon-reload",
          inject=f"mkdir {UNITS}/{GRAFANA}.d; printf '[Service]\\nNice=1\\n' > {UNITS}/{GRAFANA}.d/a.conf",
          undo=f"rm -r {UNITS}/{GRAFANA}.d", turns=definition("not_loaded", GRAFANA)),
    Fault("203", "alias became a unit of its own, which runs beside",
          inject=f"rm {ALIAS}; cp {FILE} {ALIAS}; systemctl daemon-reload; systemctl start former.service",
          undo=f"systemctl stop former.service; ln -sf {FILE} {ALIAS}; systemctl daemon-reload",
          turns=definition("alias_separate")),
    Fault("204", "program removed under its service",
          inject=f"mv {PROGRAM} /root/program", undo=f"mv /root/program {PROGRAM}",
          turns=definition("program_missing", MANAGER)),
    Fault("205", "program not executable any more",
          inject=f"chmod a-x {PROGRAM}", undo=f"chmod a+x {PROGRAM}",
          turns=definition("program_not_executable", MANAGER)),
    Fault("213", "environment file removed under its service",
          inject="mv /etc/default/prometheus /root/environment", undo="mv /root/environment /etc/default/prometheus",
          turns=definition("start_file_missing", PROMETHEUS)),
    Fault("214", "user of a running service removed",
          inject="cp -p /etc/passwd /root/; sed '/^prometheus:/d' /root/passwd > /etc/passwd+; mv /etc/passwd+ /etc/passwd",
          undo="mv /root/passwd /etc/passwd", turns=definition("account_missing", PROMETHEUS) + definition("account_missing", ALERTMANAGER)),
    Fault("206", "unit file that overrides the vendor's, no daemon-reload",
          inject=f"cp /lib/systemd/system/{PROMETHEUS} {UNITS}/", undo=f"rm {UNITS}/{PROMETHEUS}",
          turns=definition("not_loaded", PROMETHEUS)),
    Fault("207", "timer's service renamed",
          inject=f"mv {UNITS}/yearly.service {UNITS}/annual.service; systemctl daemon-reload",
          undo=f"mv {UNITS}/annual.service {UNITS}/yearly.service; systemctl daemon-reload",
          turns=schedule("no_unit"),
          follows={f"{YEARLY} dependencies": "what it triggers is not there"}),
    Fault("208", "timer's oneshot fails",
          inject="touch /run/fail-yearly; systemctl start yearly.service || true", undo=run_again,
          turns=schedule("run_failed"), follows={"host failed_units": "yearly.service is one"}),
    Fault("209", "changed and reloaded while checklistd is dead",
          prepare=KEEP, inject=reload_unseen, undo=f"{AS_BEFORE}; {RESTART}", timeout=30,
          turns=definition("restart_needed"), wavers=USERS_REPORT | restarts(MOVED)),
    Fault("210", "comment added, reloaded",
          prepare=KEEP, inject=f"echo '# mended' >> {FILE}; systemctl daemon-reload", undo=AS_BEFORE),
    Fault("211", "property set until the next boot",
          inject=f"systemctl set-property --runtime {GRAFANA} CPUWeight=50",
          undo=f"rm -r /run/systemd/system.control/{GRAFANA}.d; systemctl daemon-reload",
          turns=definition("until_reboot", GRAFANA)),
    Fault("215", "property set for good",
          inject=f"systemctl set-property {GRAFANA} CPUWeight=50",
          undo=f"rm -r /etc/systemd/system.control/{GRAFANA}.d; systemctl daemon-reload"),
    Fault("212", "changed, reloaded and taken back",
          prepare=KEEP, inject=f"{OTHER_COMMAND}; systemctl daemon-reload; {AS_BEFORE}"),
    Fault("101", "alias removed, which the spec names",
          inject=f"mv {SSHD} /root/alias; systemctl daemon-reload",
          undo=f"mv /root/alias {SSHD}; systemctl daemon-reload",
          turns=(Turn("sshd.service", "service_state", "not_found"),),
          follows={"sshd.service *": "nothing is known under a name that leads nowhere"}),
)
