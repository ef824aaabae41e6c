# SPDX-License-Identifier: MIT
"""Faults of the whole host: units without a spec, users without a unit, ports of two."""

from sandbox.wait import wait_until

from ..fault import USERS_REPORT, Fault, Turn, drop_in, without_drop_in
from ..stage import Stage
from .journal import AS_DEV

ASSISTANT, PASSWD, KEPT = "claude-code", "/etc/passwd", "/root/passwd"
CANARY = "/etc/checklistd/services.d/canary.json"
RELOAD = "systemctl reload checklistd.service"
FAIL = "systemd-run --quiet --unit=unrelated --service-type=oneshot false || true"
KEEP, BRING_BACK = f"cp --archive {PASSWD} {KEPT}", f"mv {KEPT} {PASSWD}"
TWIN = ("import signal, socket, sys; s = socket.socket();"
        "s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1);"
        "s.bind((sys.argv[1], 4242)); s.listen(); signal.pause()")


def host(check: str, reason: str) -> tuple[Turn, ...]:
    return (Turn("host", check, reason),)


def line(text: str, where: str) -> str:
    """Shell: puts a line into passwd(5) as vipw does, before the first or after the last."""
    return f"sed '{where} {text}' {KEPT} > {PASSWD}.new; chmod 0644 {PASSWD}.new; mv {PASSWD}.new {PASSWD}"


def fail_while_the_daemon_is_dead(stage: Stage):
    stage.do("systemctl kill --kill-who=main --signal=KILL checklistd.service;" + FAIL)


def declare_grafanas_port(stage: Stage):
    stage.box.write(CANARY, '{"unit": "canary.service", "group": "faults",'
                            ' "checks": {"port_bindings": {"listen": ["tcp:0.0.0.0:3000"]}}}')
    stage.do(RELOAD)


def no_longer(stage: Stage):
    stage.box.write(CANARY, '{"unit": "canary.service", "group": "faults"}')
    stage.do(RELOAD)


def start_twins(stage: Stage):
    for name, address in (("one", "0.0.0.0"), ("other", "127.0.0.1")):
        stage.box.run(["systemd-run", "--quiet", "--collect", f"--unit=twin-{name}",
                       "/usr/bin/python3", "-c", TWIN, address])
    wait_until(lambda: stage.box.listens(4242), 5, "port 4242 is not taken")


FAULTS = (
    Fault("41a", "user removed from a group", turns=host("users", "not_in_group"),
          inject=f"gpasswd --delete {ASSISTANT} video", undo=f"gpasswd --add {ASSISTANT} video"),
    Fault("41b", "service user given a login shell", turns=host("users", "can_log_in"),
          inject=f"usermod --shell /bin/bash {ASSISTANT}",
          undo=f"usermod --shell /usr/sbin/nologin {ASSISTANT}"),
    Fault("41c", "user's line repeated at the end, where it is ignored",
          prepare=KEEP, inject=line(f"{ASSISTANT}:x:0:0::/root:/bin/bash", "$a"), undo=BRING_BACK),
    Fault("41d", "user's line repeated at the top, with a login shell",
          turns=host("users", "can_log_in"),
          prepare=KEEP, inject=line(f"{ASSISTANT}:x:0:0::/root:/bin/bash", "1i"), undo=BRING_BACK),
    Fault("41e", "user deleted", turns=host("users", "missing"),
          prepare=KEEP, inject=f"sed -i /^{ASSISTANT}:/d {PASSWD}", undo=BRING_BACK),
    Fault("41f", "shell field emptied, which means /bin/sh", turns=host("users", "can_log_in"),
          prepare=KEEP, inject=f"sed -i '/^{ASSISTANT}:/s/[^:]*$//' {PASSWD}", undo=BRING_BACK),
    Fault("495", "user's number becomes that of root", turns=host("users", "root"),
          prepare=KEEP, inject=f"sed -i 's/^\\({ASSISTANT}:x:\\)[0-9]*:/\\10:/' {PASSWD}", undo=BRING_BACK),
    Fault("496", "another account that can log in gets the user's number", turns=host("users", "shared_uid"),
          prepare=KEEP, undo=BRING_BACK,
          inject=line(f"second:x:'$(id --user {ASSISTANT})':65534::/:/bin/bash", "$a")),
    Fault("42a", "unrelated unit fails", turns=host("failed_units", "failed"),
          inject=FAIL, undo="systemctl reset-failed unrelated.service"),
    Fault("542", "unit of a user fails, which has no spec", turns=host("failed_units", "failed"),
          inject=f"{AS_DEV} systemd-run --user --quiet --unit=unrelated --service-type=oneshot false || true",
          undo=f"{AS_DEV} systemctl --user reset-failed unrelated.service"),
    Fault("42b", "unrelated unit fails while checklistd is dead", turns=host("failed_units", "failed"),
          inject=fail_while_the_daemon_is_dead, undo="systemctl reset-failed unrelated.service",
          wavers=USERS_REPORT),
    Fault("42c", "unrelated unit failed, systemd reloaded and re-executed",
          turns=host("failed_units", "failed"),
          inject=f"{FAIL}; systemctl daemon-reload; systemctl daemon-reexec",
          undo="systemctl reset-failed unrelated.service", timeout=30),
    Fault("42d", "system in maintenance", turns=host("system_state", "maintenance"),
          prepare=drop_in("rescue.service", "[Service]", "ExecStartPre=", "ExecStart=",
                          "ExecStart=/usr/bin/sleep infinity", "StandardInput=null"),
          inject="systemctl start --no-block rescue.target",
          undo="systemctl stop rescue.target rescue.service;" + without_drop_in("rescue.service")),
    Fault("43a", "two specs declare one port, one of them for all addresses",
          turns=host("port_conflicts", "declared_twice"),
          inject=declare_grafanas_port, undo=no_longer,
          follows={"canary.service port_bindings": "grafana has what it is said to have"}),
    Fault("43b", "two units share a port, one on all addresses", turns=host("port_conflicts", "held_twice"),
          inject=start_twins, undo="systemctl stop twin-one.service twin-other.service"),
)
