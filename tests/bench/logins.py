# SPDX-License-Identifier: MIT
"""Detection beside clients that try wrong passwords over TLS as fast as they can."""

import json
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from sandbox.authority import Authority
from sandbox.wait import wait_until

from .costs import CHECKLISTD, cpu, spent
from .detection import LONGEST, UNIT
from .figures import median, ms, spread, table
from .world import PORT, client, ready, world

SOCKET = "/run/checklistd/checklistd.sock"
TLS = "/etc/checklistd/tls"
FLOODER = "/usr/local/bin/bench-logins"
CLIENTS = 8
# Of an unimportant password, with the usual cost.
WEB = """
tls_server_config: {cert_file: tls/server.crt, key_file: tls/server.key}
basic_auth_users: {prometheus: $2y$10$abcdefghijklmnopqrstuuOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOO}
"""
# Argument: whether connections are kept.
FLOOD = f"""#!/usr/bin/python3
import base64, http.client, os, ssl, sys
kept = sys.argv[1] == "kept"
os.nice(10)
tls = ssl.create_default_context()
tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
number = 0
while True:
    connection = http.client.HTTPSConnection("127.0.0.1", {PORT}, context=tls, timeout=20)
    try:
        while True:
            number += 1
            login = base64.b64encode(f"prometheus:{{number}}".encode()).decode()
            connection.request("GET", "/metrics", headers={{"Authorization": "Basic " + login}})
            connection.getresponse().read()
            if not kept:
                break
    except (OSError, http.client.HTTPException):
        pass  # its connection was closed in favour of another
    connection.close()
"""


def run(build, repetitions=20):
    with world(build) as box, tempfile.TemporaryDirectory() as folder:
        program = client(box, "detection")
        furnish(box, Path(folder))
        rows = [measured(box, program, repetitions, "no client")]
        for kind in ("kept", "new"):
            with flood(box, kind):
                rows.append(measured(box, program, repetitions, f"{CLIENTS} with wrong passwords, {kind} connections"))
        rows.append(measured(box, program, repetitions, "no client again"))
    table(["detection beside", "min", "median", "max", "raw client: median", "CPU of a core"], rows)


def furnish(box, folder):
    server = Authority(folder).issue("server", "DNS:localhost")
    box.write(f"{TLS}/server.crt", server.certificate.read_text())
    box.write(f"{TLS}/server.key", server.key.read_text(), 0o640)
    box.run(f"chgrp checklistd {TLS}/server.key")
    box.write("/etc/checklistd/web.yml", WEB)
    box.write("/etc/checklistd/checklistd.json", json.dumps({"web": {"config_file": "/etc/checklistd/web.yml"}}))
    box.write(FLOODER, FLOOD, 0o755)
    box.run("systemctl reload checklistd.service")
    wait_until(lambda: not ready(box), 20, "TLS")


@contextmanager
def flood(box, kind):
    for number in range(CLIENTS):
        box.run(f"systemd-run --quiet --collect --unit=bench-logins-{number} {FLOODER} {kind}")
    yield
    box.run("systemctl stop 'bench-logins-*'")


def measured(box, program, repetitions, name) -> list[str]:
    before, began = cpu(box, CHECKLISTD), time.monotonic_ns()
    lines = box.run([program, UNIT, str(repetitions), SOCKET], timeout=LONGEST * repetitions).stdout.splitlines()
    share = spent(before, cpu(box, CHECKLISTD))[CHECKLISTD] / (time.monotonic_ns() - began)
    heard, shown = zip(*(map(int, line.split()) for line in lines))
    return [name, *spread(shown), ms(median(heard)), f"{share:.1%}"]
