# SPDX-License-Identifier: MIT
"""Faults of what only the next start needs: the service runs on, and would not come up again."""

from ..fault import Fault, Turn, drop_in, restarts, without_drop_in
from .config import declared

STARTER, USER = "starter.service", "User=prometheus"
PLACE = "/opt/starter"
PROGRAM = f"mkdir -p {PLACE}; cp /usr/bin/sleep {PLACE}/run"
RUN = ("ExecStart=", f"ExecStart={PLACE}/run infinity")
INTERPRETED = (f"mkdir -p {PLACE}; cp /usr/bin/dash {PLACE}/python3.9; ln -sf python3.9 {PLACE}/python3;"
               f"printf '#!{PLACE}/python3\\nexec /usr/bin/sleep infinity\\n' > {PLACE}/run; chmod +x {PLACE}/run")
CLAMD, NO_EXEC = "clamav-daemon.service", "/srv/noexec"
MODEL = "/home/models/x.gguf"


def loses(number: str, title: str, lines: tuple[str, ...], inject: str, restore: str, reason: str, make="true", **more) -> Fault:
    """A fault of the service while it runs with these lines; it is restarted when all is as before."""
    return Fault(number, title, prepare=f"{make}; {drop_in(STARTER, '[Service]', *lines)}; systemctl restart {STARTER}",
                 inject=inject, undo=f"{restore}; {without_drop_in(STARTER)}; systemctl restart {STARTER}; rm -rf {PLACE}",
                 turns=(Turn(STARTER, "unit_definition", reason),), wavers=restarts(STARTER), **more)


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
    loses("362", "directory of the file that takes the output removed", ("StandardOutput=append:/srv/starter/out",),
          "rm -r /srv/starter", "true", "start_file_missing", make="mkdir -p /srv/starter"),
    Fault("365", "hardening added that hides the program, not restarted yet",
          prepare=f"mkdir -p /home/bin; cp /usr/bin/sleep /home/bin/run;"
                  f"{drop_in(STARTER, '[Service]', 'ExecStart=', 'ExecStart=/home/bin/run infinity')};"
                  f"systemctl restart {STARTER}; {declared(STARTER, hardening={'ProtectHome': True})}",
          inject=drop_in(STARTER, "[Service]", "ProtectHome=yes", name="more"),
          undo=f"{without_drop_in(STARTER, 'more')}; {without_drop_in(STARTER)}; systemctl restart {STARTER};"
               f"{declared(STARTER)}; rm -r /home/bin",
          turns=(Turn(STARTER, "unit_definition", "hidden"), Turn(STARTER, "hardening", "restart_needed")),
          wavers=restarts(STARTER), follows={f"{STARTER} hardening": "the spec demands it a moment earlier"}),
    loses("367", "network namespace removed", ("NetworkNamespacePath=/run/netns/starter",),
          "ip netns delete starter", "true", "start_file_missing", make="ip netns add starter"),
    loses("368", "account of a user given by number removed", ("User=777",),
          "sed -i /^fault777:/d /etc/passwd", "true", "account_missing", make="useradd --system --uid 777 fault777"),
    loses("370", "working directory removed, with a state directory of that name",
          ("WorkingDirectory=/srv/starter", "StateDirectory=starter"),
          "rmdir /srv/starter", "true", "start_file_missing", make="mkdir -p /srv/starter"),
    loses("372", "file in the way of a state directory", ("StateDirectory=starter/more",),
          "rm -r /var/lib/starter; touch /var/lib/starter", "rm /var/lib/starter", "in_the_way",
          follows={f"{STARTER} unit_definition": "the directory of the running service is gone, too"}),
    Fault("373", "library of a program removed", turns=(Turn(CLAMD, "unit_definition", "library_missing"),),
          inject="mkdir /root/libraries; mv /usr/lib/*/libclamav.so.* /root/libraries/",
          undo="mv /root/libraries/* /usr/lib/*-linux-gnu/; rmdir /root/libraries",
          follows={"clamav-scan.service unit_definition": "its program needs that library, too"}),
    loses("374", "program moved to a file system that is mounted noexec", RUN,
          f"mv {PLACE}/run {NO_EXEC}/; ln -s {NO_EXEC}/run {PLACE}/run",
          f"rm {PLACE}/run; cp -p {NO_EXEC}/run {PLACE}/run; umount {NO_EXEC}", "program_not_executable",
          make=f"{PROGRAM}; mkdir -p {NO_EXEC}; mount -t tmpfs -o noexec tmpfs {NO_EXEC}"),
    loses("378", "file system of the program remounted noexec", RUN, f"mount -o remount,noexec {PLACE}",
          f"umount --lazy {PLACE}", "program_not_executable",
          make=f"mkdir -p {PLACE}; mount -t tmpfs tmpfs {PLACE}; {PROGRAM}"),
    loses("375", "NoExecPaths= covers the program, not restarted yet", RUN,
          drop_in(STARTER, "[Service]", f"NoExecPaths={PLACE}", name="more"), without_drop_in(STARTER, "more"),
          "program_not_executable", make=PROGRAM),
    Fault("377", "model that only root may read",
          prepare=f"mkdir -p /srv/models; echo x > /srv/models/x.gguf; {drop_in(STARTER, '[Service]', USER)};"
                  f"systemctl restart {STARTER}; {declared(STARTER, files={'/srv/models/x.gguf': {'readable': True}})}",
          inject="chmod 0600 /srv/models/x.gguf",
          undo=f"{without_drop_in(STARTER)}; systemctl restart {STARTER}; {declared(STARTER)}; rm -r /srv/models",
          turns=(Turn(STARTER, "files", "unreadable"),), wavers=restarts(STARTER) | {f"{STARTER} *": "its spec changes"}),
    Fault("376", "model below /home that the service cannot see",
          prepare=f"mkdir -p /home/models; echo x > {MODEL}; {declared(STARTER, files={MODEL: {'readable': True}})}",
          inject=f"{drop_in(STARTER, '[Service]', 'ProtectHome=yes')}; systemctl restart {STARTER}",
          undo=f"{without_drop_in(STARTER)}; systemctl restart {STARTER}; {declared(STARTER)}; rm -r /home/models",
          turns=(Turn(STARTER, "files", "hidden"),), wavers=restarts(STARTER) | {f"{STARTER} *": "its spec changes"}),
)
