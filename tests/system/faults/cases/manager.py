# SPDX-License-Identifier: MIT
"""What happens to systemd and its neighbours without anything being wrong with the services."""

from sandbox.wait import wait_until

from ..fault import USERS_REPORT, Fault, Turn, drop_in, restarts, without_drop_in
from ..stage import Stage

LLAMA, GRAFANA, CREDENTIALS = "llamacpp.service", "grafana.service", "setup-system-credentials.service"
STALE = 10  # seconds without a bus after which nothing is known any more
BUS_UP = "systemctl start dbus.socket dbus.service systemd-logind.service"
BUS_DOWN = "systemctl stop dbus.socket dbus.service"
UNPRIVILEGED = 65534


def restart_bus(stage: Stage):
    """Long enough to be seen: the daemon says that it cannot look, and no status turns yet."""
    reconnects = stage.figure("dbus_reconnects_total")
    stage.do(BUS_DOWN)
    wait_until(lambda: stage.figure("dbus_up") == 0, 5, "checklist_dbus_up did not dip")
    stage.do(BUS_UP)
    wait_until(lambda: stage.figure("dbus_reconnects_total") > reconnects, 10, "no reconnect")


def reload_for_ten_seconds(stage: Stage):
    stage.do("end=$(($(date +%s) + 10)); while [ $(date +%s) -lt $end ]; do systemctl daemon-reload; done")


def reexec(stage: Stage):
    stage.do("systemctl daemon-reexec")
    # It may return before the new manager takes calls.
    wait_until(lambda: stage.box.run("systemctl is-active basic.target", check=False).returncode == 0,
               10, "the manager is not back")


def kill_journald(stage: Stage):
    main_pid = "systemctl show --value --property=MainPID systemd-journald.service"
    before = stage.box.run(main_pid).stdout
    stage.do("systemctl kill --kill-who=main --signal=KILL systemd-journald.service")
    wait_until(lambda: stage.box.run(main_pid).stdout not in (before, "0\n"), 10, "journald is not back")


def forge(stage: Stage, active: str):
    """uid 65534 sends forged signals to the daemon's unique name."""
    pid = stage.box.run("systemctl show --value --property=MainPID checklistd.service").stdout.strip()
    names = stage.box.run("busctl list --unique --no-legend").stdout.splitlines()
    names = [line.split()[0] for line in names if line.split()[1] == pid]
    units = "/org/freedesktop/systemd1/unit/"
    changed = "org.freedesktop.DBus.Properties PropertiesChanged sa{sv}as"
    manager = "/org/freedesktop/systemd1 org.freedesktop.systemd1.Manager"
    signals = [f"{units}{unit}_2eservice {changed} org.freedesktop.systemd1.Unit"
               f" 2 ActiveState s {active} SubState s forged 0" for unit in ("llamacpp", "grafana")]
    signals += [f"{units}grafana_2eservice {changed} org.freedesktop.systemd1.Service 1 Result s signal 0",
                f"{manager} Reloading b true",
                f"{manager} JobRemoved uoss 4711 /org/freedesktop/systemd1/job/4711 {GRAFANA} dependency",
                "/org/freedesktop/DBus org.freedesktop.DBus NameOwnerChanged sss"
                " org.freedesktop.systemd1 :1.0 ''"]
    script = "; ".join(f"busctl emit --destination={name} {signal}" for name in names for signal in signals)
    assert names, "the daemon is not on the bus"
    stage.box.run(["setpriv", f"--reuid={UNPRIVILEGED}", f"--regid={UNPRIVILEGED}", "--clear-groups",
                   "sh", "-euc", script])


def forge_failures(stage: Stage):
    forge(stage, "failed")


def die_among_forgeries(stage: Stage):
    """Forged signals before and after the real death neither hide nor revert it."""
    forge(stage, "active")
    stage.do(f"systemctl stop {LLAMA}")
    forge(stage, "active")


def queue_behind_a_slow_unit(stage: Stage):
    stage.do(f"systemctl restart {LLAMA}")
    wait_until(lambda: stage.box.listens(8080), 10, "llamacpp's port stays closed")


def slow_unit(stage: Stage):
    stage.box.write("/etc/systemd/system/slow.service",
                    "[Service]\nType=oneshot\nExecStart=/usr/bin/sleep 2\n")
    stage.do(drop_in(LLAMA, "[Unit]", "Wants=slow.service", "After=slow.service"))


def stop_while_checklistd_is_dead(stage: Stage):
    stage.do("systemctl kill --kill-who=main --signal=KILL checklistd.service")
    stage.do(f"systemctl stop {LLAMA}")


FAULTS = (
    Fault("44a", "system bus restarted", inject=restart_bus),
    Fault("44b", "system bus away for longer than 10 s",
          inject=BUS_DOWN, undo=BUS_UP, timeout=STALE + 10,
          turns=(Turn(LLAMA, "service_state", "stale", status="unknown"),),
          wavers={"*": "nothing can be asked without a bus"}),
    Fault("44c", "PID 1 reexecuted", inject=reexec),
    Fault("44d", "journald killed", inject=kill_journald),
    Fault("45", "daemon-reload in a tight loop for 10 s", inject=reload_for_ten_seconds),
    Fault("46a", "forged signals of failures about healthy units", inject=forge_failures),
    Fault("46b", "forged signals of health about a stopped unit",
          inject=die_among_forgeries, undo=f"systemctl start {LLAMA}",
          turns=(Turn(LLAMA, "service_state", "inactive"),), wavers=restarts(LLAMA)),
    Fault("48a", "plain restart", inject=f"systemctl restart {GRAFANA}", wavers=restarts(GRAFANA)),
    Fault("48b", "reload", inject=f"systemctl reload {GRAFANA}", wavers=restarts(GRAFANA)),
    Fault("48c", "start queued behind a slow unit",
          prepare=slow_unit, inject=queue_behind_a_slow_unit,
          undo=f"rm /etc/systemd/system/slow.service; {without_drop_in(LLAMA)}", wavers=restarts(LLAMA)),
    Fault("48d", "oneshot that runs long",
          prepare=drop_in(CREDENTIALS, "[Service]", "ExecStartPre=/usr/bin/sleep 2"),
          inject=f"systemctl start {CREDENTIALS}", undo=without_drop_in(CREDENTIALS)),
    Fault("103", "user's manager restarted",
          inject="systemctl restart user@1000.service",
          wavers={"jupyter.service *": "goes down and up with its manager"}),
    Fault("112", "service stopped while checklistd is dead",
          inject=stop_while_checklistd_is_dead, undo=f"systemctl start {LLAMA}",
          turns=(Turn(LLAMA, "service_state", "inactive"),), wavers=restarts(LLAMA) | USERS_REPORT),
)
