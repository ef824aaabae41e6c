# SPDX-License-Identifier: MIT
"""Faults that are visible only in the journal."""

from ..fault import USERS_REPORT, Fault, Turn, drop_in, restarts, without_drop_in
from ..stage import Stage

LLAMA, OLLAMA, MANAGER = "llamacpp.service", "ollama.service", "ollama-gpu-manager.service"
PROMETHEUS, GRAFANA = "prometheus.service", "grafana.service"
COREDUMP = "fc2e22bc6ee647b6b90729ab34a250b1"
FAILED = "d9b373ed55a64feb8242e02dbe79a49c"


# The runs that the journal has forgotten.
RUN_AGAIN = "systemctl start yearly.service seldom.service"


def logged(unit: str, reason: str) -> tuple[Turn, ...]:
    return (Turn(unit, "journal_errors", reason),)


SHOW = "systemctl {} show --value --property=ControlGroup"
AS_DEV = "setpriv --reuid=dev --regid=dev --init-groups env XDG_RUNTIME_DIR=/run/user/1000"


def say(unit: str, text: str, priority="err", times=1, show=SHOW.format(""), user="") -> str:
    """Shell: a process of that unit writes it to its standard error."""
    loop = f"for i in $(seq {times}); do echo '{text}'; done; sleep 0.3"  # until journald knows whose it is
    quoted = loop.replace('"', '\\"').replace("$", "\\$")
    return (f'sh -c \'echo $$ > /sys/fs/cgroup$({show} {unit})/cgroup.procs;'
            f' exec "$@"\' say {user} systemd-cat --priority={priority} sh -c "{quoted}"')


def log_fields(**fields) -> str:
    """Shell: root writes an entry with these fields."""
    entry = "".join(f"{name}={value}\\n" for name, value in fields.items())
    return f"printf '{entry}' | logger --journald"


def die_unseen(stage: Stage):
    """It is logged between the daemon's death and its next life."""
    stage.do("systemctl kill --kill-who=main --signal=KILL checklistd.service")
    stage.do(say(LLAMA, "an error that is not watched"))


def kill_journald(stage: Stage):
    stage.do("systemctl kill --kill-who=main --signal=KILL systemd-journald.service")
    stage.do(say(LLAMA, "an error after another journald began"))


FAULTS = (
    Fault("13a", "error-priority line logged by the service",
          inject=say(LLAMA, "an error"), turns=logged(LLAMA, "errors")),
    Fault("13b", "level=error on stderr, which is journalled at info",
          inject=say(PROMETHEUS, "ts=1 caller=x.go:1 level=error msg=x", "info"),
          turns=logged(PROMETHEUS, "matched")),
    Fault("13c", "a run that failed and that Restart= hides",
          prepare=drop_in(OLLAMA, "[Service]", "Restart=always", "RestartSec=10ms"),
          inject=f"systemctl kill --kill-who=main --signal=KILL {OLLAMA}",
          undo=f"{without_drop_in(OLLAMA)}; systemctl reset-failed {OLLAMA}; systemctl restart {OLLAMA} {MANAGER}",
          turns=logged(OLLAMA, "failed"), wavers=restarts(OLLAMA, MANAGER),
          follows={f"{OLLAMA} service_state": "it is about to restart for a moment"}),
    Fault("13d", "a coredump of the service",
          inject=log_fields(MESSAGE="Process 7 dumped core.", MESSAGE_ID=COREDUMP, PRIORITY=2, COREDUMP_UNIT=LLAMA),
          turns=logged(LLAMA, "errors")),
    Fault("13e", "lines suppressed by rate limiting",
          prepare=f"{drop_in(GRAFANA, '[Service]', 'LogRateLimitIntervalSec=1s', 'LogRateLimitBurst=5')};"
                  f" systemctl restart {GRAFANA}",
          inject=f"{say(GRAFANA, 'too much', 'info', 50)}; sleep 1; {say(GRAFANA, 'after the interval', 'info')}",
          undo=f"{without_drop_in(GRAFANA)}; systemctl restart {GRAFANA}",
          turns=logged(GRAFANA, "suppressed"), wavers=restarts(GRAFANA)),
    Fault("14", "error logged while checklistd is dead",
          inject=die_unseen, turns=logged(LLAMA, "errors"), wavers=USERS_REPORT),
    Fault("15", "journal rotated and vacuumed between errors",
          inject=f"{say(LLAMA, 'an error')}; journalctl --quiet --rotate --vacuum-size=1;"
                 f" {say(LLAMA, 'another error')}",
          turns=logged(LLAMA, "errors")),
    Fault("150", "journal vacuumed, then checklistd killed",
          inject="journalctl --quiet --rotate --vacuum-size=1;"
                 " systemctl kill --kill-who=main --signal=KILL checklistd.service",
          undo=RUN_AGAIN, wavers=USERS_REPORT, timeout=30),
    Fault("151", "scanners at sshd's port",
          inject="for i in 1 2 3; do python3 -c 'import socket; s = socket.create_connection((\"127.0.0.1\", 22));"
                 " s.sendall(b\"GET / HTTP/1.1\\r\\n\\r\\n\"); s.recv(99)'; done"),
    Fault("152", "error of a user's service",
          inject=say("jupyter", "an error", show=f"{AS_DEV} {SHOW.format('--user')}", user=AS_DEV),
          turns=logged("jupyter.service", "errors")),
    Fault("153", "error of a service whose spec names an alias",
          inject=say("ssh.service", "error: Could not load host key: /etc/ssh/x"),
          turns=logged("sshd.service", "errors")),
    Fault("154", "journald killed, then an error",
          inject=kill_journald, turns=logged(LLAMA, "errors")),
    Fault("155", "forged by uid 65534: a failure, a coredump and an error in the unit's name",
          inject=f"setpriv --reuid=65534 --clear-groups sh -c \"{log_fields(MESSAGE='forged', PRIORITY=3, UNIT=LLAMA)};"
                 f" {log_fields(MESSAGE='forged', MESSAGE_ID=FAILED, PRIORITY=4, UNIT=LLAMA)};"
                 f" {log_fields(MESSAGE='forged', OBJECT_SYSTEMD_UNIT=LLAMA, PRIORITY=3)};"
                 f" {log_fields(MESSAGE='forged', MESSAGE_ID=COREDUMP, PRIORITY=2, COREDUMP_UNIT=LLAMA)}\""),
    Fault("156", "a service of root reports an error of another one",
          inject=log_fields(MESSAGE="its configuration is broken", PRIORITY=3, OBJECT_SYSTEMD_UNIT=LLAMA),
          turns=logged(LLAMA, "errors")),
    Fault("157", "information and warnings by the thousand",
          inject=f"{say(LLAMA, 'no error', 'info', 3000)}; {say(LLAMA, 'a warning', 'warning', 300)}"),
)
