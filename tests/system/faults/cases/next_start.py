# SPDX-License-Identifier: MIT
"""Faults of what only the next start needs: the service runs on, and would not come up again."""

import json

from ..fault import Fault, Turn, drop_in, restarts, without_drop_in

STARTER, USER = "starter.service", "User=prometheus"
SPEC = "/etc/checklistd/services.d/starter.json"
PLACE = "/opt/starter"
PROGRAM = f"mkdir -p {PLACE}; cp /usr/bin/sleep {PLACE}/run"
RUN = ("ExecStart=", f"ExecStart={PLACE}/run infinity")
INTERPRETED = (f"mkdir -p {PLACE}; cp /usr/bin/dash {PLACE}/python3.9; ln -sf python3.9 {PLACE}/python3;"
               f"printf '#!{PLACE}/python3\\nexec /usr/bin/sleep infinity\\n' > {PLACE}/run; chmod +x {PLACE}/run")
MODEL = "/home/models/x.gguf"


def loses(number: str, title: str, lines: tuple[str, ...], inject: str, restore: str, reason: str, make="true", **more) -> Fault:
    """A fault of the service while it runs with these lines; it is restarted when all is as before."""
    return Fault(number, title, prepare=f"{make}; {drop_in(STARTER, '[Service]', *lines)}; systemctl restart {STARTER}",
                 inject=inject, undo=f"{restore}; {without_drop_in(STARTER)}; systemctl restart {STARTER}; rm -rf {PLACE}",
                 turns=(Turn(STARTER, "unit_definition", reason),), wavers=restarts(STARTER), **more)


def with_files(rules: dict) -> str:
    """Shell: has the spec say this of files."""
    spec = json.dumps({"unit": STARTER, "group": "faults", "checks": {"files": rules}})
    return f"echo '{spec}' > {SPEC}; systemctl reload checklistd"


AS_DECLARED = f"""echo '{{"unit": "{STARTER}", "group": "faults"}}' > {SPEC}; systemctl reload checklistd"""

FAULTS = (
    loses("360", "writable path of the sandbox removed", ("ProtectSystem=strict", "ReadWritePaths=/srv/starter"),
          "rmdir /srv/starter", "mkdir -p /srv/starter", "start_file_missing", make="mkdir -p /srv/starter"),
    loses("361", "source of a bind mount removed", ("BindReadOnlyPaths=/srv/starter:/mnt",),
          "rmdir /srv/starter", "mkdir -p /srv/starter", "start_file_missing", make="mkdir -p /srv/starter"),
    loses("363", "interpreter of a virtual environment removed by an upgrade", RUN,
          f"rm {PLACE}/python3.9", "true", "interpreter_missing", make=INTERPRETED),
    loses("364", "program closed to the user of the unit", (USER, *RUN),
          f"chmod 700 {PLACE}/run", "true", "program_not_executable", make=PROGRAM),
    loses("366", "working directory closed to the user of the unit", (USER, "WorkingDirectory=/srv/starter"),
          "chmod 700 /srv/starter", "chmod 755 /srv/starter", "closed", make="mkdir -p /srv/starter"),
    loses("369", "program removed, with an unrelated bind mount", (*RUN, "BindReadOnlyPaths=/srv:/mnt"),
          f"rm {PLACE}/run", "true", "program_missing", make=PROGRAM),
    loses("371", "state directory given to another user", (USER, "StateDirectory=starter"),
          "chown root:root /var/lib/starter; chmod 700 /var/lib/starter", "true", "closed"),
    Fault("376", "model below /home that the service cannot see",
          prepare=f"mkdir -p /home/models; echo x > {MODEL}; {with_files({MODEL: {'readable': True}})}",
          inject=f"{drop_in(STARTER, '[Service]', 'ProtectHome=yes')}; systemctl restart {STARTER}",
          undo=f"{without_drop_in(STARTER)}; systemctl restart {STARTER}; {AS_DECLARED}; rm -r /home/models",
          turns=(Turn(STARTER, "files", "hidden"),), wavers=restarts(STARTER) | {f"{STARTER} *": "its spec changes"}),
)
